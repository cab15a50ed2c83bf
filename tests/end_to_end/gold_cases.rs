//! The gold files against the shipped model and rules.

use crate::check::check;
use crate::gold::{self, Suite};
use crate::report::{Report, report};
use crate::system;

fn run(suite: &Suite) -> Report {
    let read = |case: &gold::Case| {
        let document = system::read(&case.article);
        check(&document, &case.expect)
    };
    let outcomes: Vec<_> = suite.cases.iter().map(read).collect();
    report(suite, &outcomes)
}

#[test]
fn paraphrases_of_one_situation() {
    let report = run(&gold::paraphrases());
    println!("{}", report.text);
    assert!(report.holds, "see the lines with MUST, or the floor, above");
}

#[test]
fn whole_articles() {
    let reports: Vec<Report> = gold::articles().iter().map(run).collect();
    for report in &reports {
        println!("{}", report.text);
    }
    assert!(reports.iter().all(|r| r.holds), "see the lines with MUST, or the floors, above");
}
