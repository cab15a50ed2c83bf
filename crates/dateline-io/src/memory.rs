//! Free memory goes back to the system.

/// Hands back what was freed, where the allocator doesn't do so by itself.
///
/// glibc's keeps it, in gaps between what is in use: those that readers and workers left would stand
/// beside what the tables of a job need when they are made one, and gaps would grow with the rows.
pub(crate) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[allow(unsafe_code)]
    // SAFETY: malloc_trim(3) takes no pointer and leaves alone what is allocated.
    unsafe {
        libc::malloc_trim(0);
    }
}
