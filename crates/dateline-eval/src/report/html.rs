//! The report as one page that needs nothing else: styles, script and data are inside.

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use super::layout::{Layout, Left};
use super::{Bin, Confusion, Report};

/// Confusions of types that are listed beside the matrix.
const LISTED: usize = 15;
/// A matrix of more types is folded.
const WIDE: usize = 14;

/// A page that can't be written: a fault of the template.
#[derive(Debug, thiserror::Error)]
#[error("the HTML page cannot be written: {0}")]
pub struct PageError(#[from] minijinja::Error);

/// What the template is given.
#[derive(Serialize)]
struct Page<'a> {
    report: &'a Report,
    sections: Vec<Part<'a>>,
    left: Vec<Left<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    task: &'a str,
    #[serde(flatten)]
    layout: Layout<'a>,
    empty_metrics: Vec<String>,
    confusion: Option<Matrix<'a>>,
    reliability: Vec<(&'static str, Vec<&'a Bin>)>,
}

#[derive(Serialize)]
struct Matrix<'a> {
    of: &'a Confusion,
    /// Items of each row, at least 1: cells are shaded by their share.
    sums: Vec<u64>,
    folded: bool,
    /// Gold type, predicted type, items: the most frequent first.
    most: Vec<(&'a str, &'a str, u64)>,
}

impl Report {
    /// The report as a self-contained HTML page.
    ///
    /// # Errors
    /// Faults of the template, none of the data.
    pub fn html(&self) -> Result<String, PageError> {
        let part = |section| {
            let layout = Layout::of(section);
            Part {
                task: &section.task,
                empty_metrics: layout.empty_metrics(),
                layout,
                confusion: section.confusion.as_ref().map(Matrix::of),
                reliability: section.tables(),
            }
        };
        let page = Page {
            report: self,
            sections: self.sections.iter().map(part).collect(),
            left: self.left(),
        };
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.add_filter("number", super::number);
        environment.add_filter("count", super::count);
        environment.add_filter("percent", |share: f64| format!("{:.1}", share * 100.0));
        environment.add_template("page.html", include_str!("page.html"))?;
        Ok(environment.get_template("page.html")?.render(Serde(&page))?)
    }
}

impl<'a> Matrix<'a> {
    fn of(confusion: &'a Confusion) -> Matrix<'a> {
        let mut most = Vec::new();
        for (gold, counts) in confusion.gold.iter().zip(&confusion.counts) {
            for (predicted, &count) in confusion.predicted.iter().zip(counts) {
                if count > 0 && gold != predicted && !gold.is_empty() && !predicted.is_empty() {
                    most.push((gold.as_str(), predicted.as_str(), count));
                }
            }
        }
        most.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
        most.truncate(LISTED);
        Matrix {
            of: confusion,
            sums: confusion.counts.iter().map(|row| row.iter().sum::<u64>().max(1)).collect(),
            folded: confusion.predicted.len().max(confusion.gold.len()) > WIDE,
            most,
        }
    }
}
