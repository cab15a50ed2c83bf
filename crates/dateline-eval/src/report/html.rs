//! The report as one page that needs nothing else: styles, script and data are inside.

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};

use super::Report;

/// A page that can't be written: a fault of the template.
#[derive(Debug, thiserror::Error)]
#[error("the HTML page cannot be written: {0}")]
pub struct PageError(#[from] minijinja::Error);

impl Report {
    /// The report as a self-contained HTML page.
    ///
    /// # Errors
    /// Faults of the template, none of the data.
    pub fn html(&self) -> Result<String, PageError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.add_filter("number", super::number);
        environment.add_filter("count", super::count);
        environment.add_template("page.html", include_str!("page.html"))?;
        Ok(environment.get_template("page.html")?.render(Serde(self))?)
    }
}
