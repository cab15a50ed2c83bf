//! Counting checks, and the two levels of gold: what must pass and what is wanted.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::gold::{Case, Suite};

/// One comparison with gold.
pub(crate) struct Check {
    /// What is compared (`event.time`).
    pub(crate) kind: String,
    /// Of what (`talks`).
    pub(crate) about: String,
    pub(crate) passed: bool,
    /// What was expected and what came, for a reader of the report.
    pub(crate) detail: String,
}

impl Check {
    pub(crate) fn new(
        kind: impl Into<String>,
        about: &str,
        passed: bool,
        detail: impl Into<String>,
    ) -> Check {
        Check { kind: kind.into(), about: about.to_owned(), passed, detail: detail.into() }
    }

    fn is_named_by(&self, pattern: &str) -> bool {
        match pattern.split_once(' ') {
            Some((kind, about)) => kind == self.kind && about == self.about,
            None => pattern == self.kind,
        }
    }
}

/// The outcome of a suite, as text, and whether it holds.
pub(crate) struct Report {
    pub(crate) text: String,
    pub(crate) holds: bool,
}

#[derive(Default)]
struct Tally {
    passed: usize,
    all: usize,
}

impl Tally {
    fn count(&mut self, passed: bool) {
        self.all += 1;
        self.passed += usize::from(passed);
    }

    fn share(&self) -> f64 {
        if self.all == 0 { 1.0 } else { self.passed as f64 / self.all as f64 }
    }
}

/// Lists every failing check of every case, then how many pass of each kind.
pub(crate) fn report(suite: &Suite, outcomes: &[Vec<Check>]) -> Report {
    let mut text = format!("== {}\n", suite.name);
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    let (mut must, mut want) = (Tally::default(), Tally::default());
    for (case, checks) in suite.cases.iter().zip(outcomes) {
        for check in checks {
            let level = is_must(suite, case, check);
            if level { &mut must } else { &mut want }.count(check.passed);
            for kind in [check.kind.clone(), format!("{} {}", check.kind, check.about)] {
                if kind == check.kind || check.kind.starts_with("event") {
                    kinds.entry(kind).or_default().count(check.passed);
                }
            }
            if !check.passed {
                let level = if level { "MUST" } else { "want" };
                let Check { kind, about, detail, .. } = check;
                let _ = writeln!(text, "{level} {}: {kind} {about}: {detail}", case.id);
            }
        }
    }
    for (kind, tally) in &kinds {
        if tally.all > 1 {
            let _ = writeln!(text, "{:4}/{:<4} {kind}", tally.passed, tally.all);
        }
    }
    let torn = |checks: &&Vec<Check>| {
        checks.iter().any(|c| !c.passed && suite.core.iter().any(|p| c.is_named_by(p)))
    };
    let whole = outcomes.len() - outcomes.iter().filter(torn).count();
    if !suite.core.is_empty() {
        let torn = suite.cases.iter().zip(outcomes).filter(|(_, checks)| torn(checks));
        let names: Vec<&str> = torn.map(|(case, _)| case.id.as_str()).collect();
        let (all, least) = (suite.cases.len(), suite.least);
        let _ = writeln!(text, "whole {whole}/{all} (least {least}); not: {}", names.join(", "));
    }
    let floor = suite.floor;
    let _ = writeln!(text, "must {}/{}", must.passed, must.all);
    let _ =
        writeln!(text, "want {}/{} = {:.3} (floor {floor})", want.passed, want.all, want.share());
    let enough = want.share() >= floor && whole >= suite.least;
    Report { text, holds: must.passed == must.all && enough }
}

fn is_must(suite: &Suite, case: &Case, check: &Check) -> bool {
    let named = |patterns: &[String]| patterns.iter().any(|p| check.is_named_by(p));
    named(&suite.must) && !named(&case.want)
}

#[test]
fn single_checks_are_taken_out_of_must() {
    let check = Check::new("event.time", "talks", false, "");
    assert!(check.is_named_by("event.time") && check.is_named_by("event.time talks"));
    assert!(!check.is_named_by("event.time visit") && !check.is_named_by("event"));
}
