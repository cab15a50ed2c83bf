//! Runs work of libraries that would spread it over a rayon pool on one thread.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use super::BackendError;

/// Idle pools of one thread each; as many come to be as runs overlap.
#[derive(Debug, Default)]
pub(super) struct Alone(Mutex<Vec<rayon::ThreadPool>>);

impl Alone {
    /// Runs `work` where a rayon pool of one thread is the current one. What panics in it becomes
    /// an error.
    ///
    /// A rayon worker that waits for another pool takes up further jobs of its own pool meanwhile,
    /// so all batches would be under way at once. A plain thread just waits, and costs nothing
    /// beside a batch.
    pub(super) fn run<T: Send>(
        &self,
        work: impl FnOnce() -> Result<T, BackendError> + Send,
    ) -> Result<T, BackendError> {
        let idle = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let pool = match idle {
            Some(pool) => pool,
            None => {
                let builder = rayon::ThreadPoolBuilder::new().num_threads(1);
                builder.build().map_err(BackendError::new)?
            }
        };
        let within = || {
            let caught = || catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|p| Err(told(&*p)));
            pool.install(caught)
        };
        let result = if rayon::current_thread_index().is_none() {
            within()
        } else {
            std::thread::scope(|scope| {
                let thread = std::thread::Builder::new().spawn_scoped(scope, within);
                thread.map_err(BackendError::new)?.join().unwrap_or_else(|p| Err(told(&*p)))
            })
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(pool);
        result
    }
}

/// The error that a panic in a library becomes.
pub(super) fn told(panic: &(dyn Any + Send)) -> BackendError {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("unknown");
    BackendError(format!("internal failure of the runtime: {message}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thread_whoever_calls() {
        let alone = Alone::default();
        let threads = || alone.run(|| Ok(rayon::current_num_threads()));
        assert_eq!(threads(), Ok(1));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        assert_eq!(pool.install(threads), Ok(1));
    }

    #[test]
    fn a_panic_becomes_an_error() {
        let alone = Alone::default();
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let found: Result<(), _> = alone.run(|| panic!("odd weights"));
        std::panic::set_hook(hook);
        assert!(found.unwrap_err().0.contains("odd weights"));
        assert_eq!(alone.run(|| Ok(7)), Ok(7));
    }
}
