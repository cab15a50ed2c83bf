//! The README shows what the binary prints.

use std::path::Path;

use crate::dateline;

/// The first block of printed text behind some words of the README.
fn shown<'r>(readme: &'r str, behind: &str) -> &'r str {
    let (_, rest) = readme.split_once(behind).unwrap();
    let (_, block) = rest.split_once("```text\n").unwrap();
    block.split_once("\n```").unwrap().0
}

#[test]
fn samples_are_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    for arguments in [
        "extract examples/esbjerg.txt",
        "explain examples/esbjerg.txt --event ev7",
        "eval examples/harbour.conll --map examples/harbour.toml --task entities",
    ] {
        let mut command = dateline();
        let output = command.current_dir(&root).args(arguments.split(' ')).assert().success();
        let printed = String::from_utf8(output.get_output().stdout.clone()).unwrap();
        assert_eq!(printed.trim(), shown(&readme, arguments), "{arguments}");
    }
}
