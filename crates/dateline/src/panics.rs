//! Panics over one article or one input, which must not end the reading of many.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// What `work` gives; of a panic, what it says.
///
/// # Errors
/// The message of the panic.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = CAUGHT.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    CAUGHT.set(outer);
    result.map_err(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
        message.unwrap_or("a panic without a message").to_owned()
    })
}

/// True if a panic of this thread would come to light as an error of [`caught`]: a panic hook need
/// not tell of it.
pub fn are_caught() -> bool {
    CAUGHT.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_become_what_they_say() {
        assert_eq!(caught(|| 7), Ok(7));
        assert_eq!(caught(|| -> () { panic!("off by {}", 1) }), Err("off by 1".to_owned()));
        assert!(!are_caught());
        let inner = caught(|| (caught(|| -> () { panic!("inner") }), are_caught()));
        assert_eq!(inner, Ok((Err("inner".to_owned()), true)));
    }
}
