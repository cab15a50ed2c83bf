//! Colours and columns.

use anstyle::{AnsiColor, Style};

pub(super) const TITLE: Style = Style::new().bold();
pub(super) const HEADING: Style = AnsiColor::Cyan.on_default().bold();
pub(super) const NAME: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const REAL: Style = AnsiColor::Green.on_default();
pub(super) const UNREAL: Style = AnsiColor::Yellow.on_default();

/// No column is wider: one long name must not push the rest off the screen.
const WIDEST: usize = 36;

/// The width of a column that holds `texts`.
pub(super) fn column<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(|text| text.chars().count()).filter(|&width| width <= WIDEST).max().unwrap_or(0)
}

/// `text` filled with spaces to `width` characters.
pub(super) fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.chars().count());
    format!("{text}{}", " ".repeat(missing))
}

/// ` ×3`, or nothing for a single one.
pub(super) fn times(count: usize) -> String {
    if count > 1 { format!("  ×{count}") } else { String::new() }
}
