//! `dateline explain`

use crate::{ARTICLE, dateline};

#[test]
fn rules_trees_and_roles() {
    let output =
        dateline().args(["explain", "--engine=f32"]).write_stdin(ARTICLE).assert().success();
    insta::assert_snapshot!(
        "explain",
        String::from_utf8(output.get_output().stdout.clone()).unwrap()
    );
}

#[test]
fn one_event_alone() {
    let explain = |event: &str| {
        let mut command = dateline();
        command.args(["explain", "--event", event]).write_stdin(ARTICLE);
        command.assert()
    };
    let output = explain("ev1").success();
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    assert!(text.contains("\nev1  ") && !text.contains("\nev2  ") && !text.contains("Passed over"));
    let output = explain("ev99").code(1);
    assert!(String::from_utf8_lossy(&output.get_output().stderr).contains("\"ev99\""));
}
