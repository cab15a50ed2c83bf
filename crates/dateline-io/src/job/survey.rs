//! One look at all inputs before any of them is read.

use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use crate::{Error, Input, Inputs};

/// What is known of the inputs before they are read.
#[derive(Debug)]
pub(super) struct Survey {
    /// Their size, where that of all is known.
    pub(super) size: Option<u64>,
    /// Of their names and sizes.
    pub(super) digest: u64,
    /// True if one of them is the output.
    pub(super) has_output: bool,
}

impl Survey {
    /// # Errors
    /// An input that is not there, or is a directory.
    pub(super) fn of(inputs: &Inputs, output: &Path) -> Result<Survey, Error> {
        let mut digest = Xxh3::new();
        let mut whole = Some(0);
        let mut has_output = false;
        // Most outputs are not there yet, so that no input needs to be compared.
        let output = output.canonicalize().ok();
        for input in inputs.iter() {
            let input = input?;
            let size = input.check()?;
            digest.update(input.name().as_bytes());
            digest.update(&size.map_or([0xFF; 8], u64::to_le_bytes));
            whole = whole.zip(size).map(|(whole, size)| whole + size);
            if let (Some(output), Input::Path { path, .. }) = (&output, &input) {
                has_output |= path.canonicalize().is_ok_and(|path| path == *output);
            }
        }
        Ok(Survey { size: whole, digest: digest.digest(), has_output })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::ErrorKind;

    #[test]
    fn sizes_are_summed_up_and_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        let of = |inputs: Vec<Input>| Survey::of(&Inputs::of(inputs).unwrap(), &path("out"));
        let files = || vec![Input::path(path("a")), Input::path(path("b"))];
        fs::write(path("a"), "12").unwrap();
        assert_eq!(of(files()).unwrap_err().kind(), ErrorKind::NotFound);
        fs::write(path("b"), "345").unwrap();
        let before = of(files()).unwrap();
        assert_eq!((before.size, before.has_output), (Some(5), false));
        assert_eq!(of(files()).unwrap().digest, before.digest);
        assert_eq!(of([files(), vec![Input::Stdin]].concat()).unwrap().size, None);
        fs::write(path("b"), "3456").unwrap();
        assert_ne!(of(files()).unwrap().digest, before.digest);
    }

    #[cfg(unix)]
    #[test]
    fn an_output_of_another_name_is_known() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link, copy) = ["a", "link", "copy"].map(|name| dir.path().join(name)).into();
        fs::write(&file, "").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        // One that takes the place of a hard link leaves the input as it is.
        fs::hard_link(&file, &copy).unwrap();
        let inputs = Inputs::of([Input::path(&file)]).unwrap();
        for (output, expected) in [(&file, true), (&link, true), (&copy, false)] {
            assert_eq!(Survey::of(&inputs, output).unwrap().has_output, expected, "{output:?}");
        }
        let inputs = Inputs::of([Input::path(&link)]).unwrap();
        assert!(Survey::of(&inputs, &file).unwrap().has_output);
    }
}
