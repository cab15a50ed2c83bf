//! The record never depends on the day or the zone in which the program runs.

use std::path::Path;

use crate::dateline;

/// Relative times with a date to count from, and without.
const RELATIVE: &str = "\
{\"id\": \"dated\", \"published\": \"2024-02-29\", \"text\": \"Envoys met in Oslo on Monday. Talks \
will resume tomorrow at 10:15 GMT, a year after they failed, and end next week.\"}
{\"id\": \"undated\", \"text\": \"Envoys met in Oslo yesterday. They will meet on Friday and in \
March; last year's talks failed now and three days ago.\"}
";

fn records(vars: &[(&str, &str)]) -> Vec<u8> {
    let mut command = dateline();
    command.args(["extract", "--format=jsonl"]).envs(vars.iter().copied());
    command.write_stdin(RELATIVE).assert().success().get_output().stdout.clone()
}

#[test]
fn zones_change_nothing() {
    let here = records(&[]);
    assert!(std::str::from_utf8(&here).unwrap().contains("2024-03-01T10:15Z"));
    for zone in ["Pacific/Kiritimati", "America/Adak", "UTC-14", ""] {
        assert_eq!(records(&[("TZ", zone)]), here, "TZ={zone:?}");
    }
}

#[test]
fn the_clock_changes_nothing() {
    let found =
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/lib64"]
            .iter()
            .map(|dir| Path::new(dir).join("faketime/libfaketime.so.1"))
            .find(|path| path.exists());
    let Some(library) = found else {
        println!("SKIPPED: libfaketime is not installed; apt install faketime");
        return;
    };
    let library = library.to_string_lossy();
    let at = |clock| records(&[("LD_PRELOAD", &*library), ("FAKETIME", clock)]);
    let here = records(&[]);
    for clock in ["@1999-12-31 23:59:59", "@2024-02-29 00:00:01", "@2037-06-15 12:00:00"] {
        assert_eq!(at(clock), here, "{clock}");
    }
}
