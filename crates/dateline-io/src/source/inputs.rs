//! The inputs of a job, however many: a dump may be a folder of millions of files, whose names alone
//! would fill the memory.

use std::io;

use super::Input;
use super::scratch::Scratch;
use crate::{Error, ErrorKind};

/// What articles are read from, one after the other.
///
/// A long list is kept in a file without a name in the folder of temporary files. Clones share it.
#[derive(Clone, Debug)]
pub struct Inputs {
    list: Scratch,
    count: u64,
    bytes: u64,
}

impl Inputs {
    pub(super) fn new() -> Inputs {
        Inputs { list: Scratch::new(), count: 0, bytes: 0 }
    }

    /// The inputs that `inputs` are.
    ///
    /// # Errors
    /// A temporary file that can't be written.
    pub fn of(inputs: impl IntoIterator<Item = Input>) -> Result<Inputs, Error> {
        let mut list = Inputs::new();
        inputs.into_iter().try_for_each(|input| list.push(&input))?;
        Ok(list)
    }

    pub(super) fn push(&mut self, input: &Input) -> Result<(), Error> {
        self.bytes = self.list.add([Ok(input)]).map_err(failed)?.end;
        self.count += 1;
        Ok(())
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.count
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The inputs in order; an error ends them.
    pub fn iter(&self) -> impl Iterator<Item = Result<Input, Error>> + use<> {
        self.list.things(0..self.bytes).map(|input| input.map_err(failed))
    }
}

/// An error of a temporary file.
pub(super) fn failed(error: io::Error) -> Error {
    Error::io(ErrorKind::List, &std::env::temp_dir(), error)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn lists_of_any_length_are_read_again_and_again() {
        for count in [0, 1, 5_000] {
            let inputs: Vec<Input> =
                (0..count).map(|n| Input::path(format!("folder/{n}.txt"))).collect();
            let list = Inputs::of(inputs.clone()).unwrap();
            assert_eq!((list.len(), list.is_empty()), (count, count == 0));
            let mut both = list.iter().zip(list.clone().iter());
            for expected in &inputs {
                let (one, other) = both.next().unwrap();
                assert_eq!((&one.unwrap(), &other.unwrap()), (expected, expected));
            }
            assert!(both.next().is_none());
        }
    }

    #[cfg(unix)]
    #[test]
    fn paths_need_not_be_unicode() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"caf\xE9.txt"));
        let input = Input::path(path);
        assert_eq!(input.name(), "caf\u{FFFD}.txt");
        let list = Inputs::of([input.clone(), Input::Stdin]).unwrap();
        let again: Vec<Input> = list.iter().map(Result::unwrap).collect();
        assert_eq!(again, [input, Input::Stdin]);
    }
}
