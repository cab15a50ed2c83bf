//! The binary as a user meets it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bad_input;
mod batch;
mod clock;
mod eval;
mod explain;
mod extract;
mod formats;
mod help;
mod read_back;
mod readme;
mod rules;

use std::path::PathBuf;

use assert_cmd::Command;

/// The binary with the model of the tree, whatever features it was built with.
fn dateline() -> Command {
    let mut command = Command::cargo_bin("dateline").unwrap();
    command.env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR").env("COLUMNS", "100");
    command
}

/// A temporary folder with files in it.
struct Files(tempfile::TempDir);

impl Files {
    fn new(files: &[(&str, &[u8])]) -> Files {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(dir.path().join(name), bytes).unwrap();
        }
        Files(dir)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The files of a folder in this one, each under its name.
    fn folder(&self, name: &str) -> String {
        let folder = self.path(name);
        let mut names: Vec<_> =
            std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        let content = |name: std::ffi::OsString| {
            let content = std::fs::read_to_string(folder.join(&name)).unwrap();
            format!("== {}, {} bytes\n{content}\n", name.display(), content.len())
        };
        names.into_iter().map(content).collect()
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names of all files in the folder.
    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Text with the folder's path taken out.
    fn neutral(&self, text: &[u8]) -> String {
        let text = String::from_utf8(text.to_vec()).unwrap();
        text.replace(&format!("{}/", self.0.path().display()), "")
            .replace(&self.0.path().display().to_string(), ".")
    }
}

/// Articles with characters of two UTF-16 units before names, a title apart, and an id that is no
/// file name; for what an annotation tool is to get.
const SAMPLES: &[u8] = "\
{\"id\": \"talks\", \"published\": \"2024-03-12\", \"title\": \"Norway 🇳🇴 and Kenya talk\", \
\"text\": \"Foreign Minister Ingrid Solheim met Kenyan envoys in Oslo on Tuesday. 👍 Solheim said \
the talks would go on in Nairobi.\"}
{\"id\": \"wire/7\", \"text\": \"LYON, May 3, 2024\\r\\n\\r\\nThe cafe\u{301} <Zoé & Co> fired 12 \
people in Lyon on Friday.\"}
"
.as_bytes();

/// A small article for tests.
const ARTICLE: &str = "\
Envoys of Norway and Kenya meet in Oslo

OSLO, March 12 (Fjordwire) — Foreign Minister Ingrid Solheim met Kenyan envoys in Oslo on Tuesday. \
Solheim said the talks would go on in Nairobi.
";
