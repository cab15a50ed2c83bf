//! The law that every location's text is what its offsets point at.

use dateline_rules::Document;
use dateline_text::Text;

/// Checks every location of `document`, whose offsets are still bytes of the joined source.
pub(crate) fn locations(document: &mut Document, text: &Text) -> Result<(), String> {
    let mut fault = None;
    document.for_each_location(|location| {
        let there = text.source().get(location.start..location.end);
        if there != Some(&location.text) && fault.is_none() {
            let (start, end) = (location.start, location.end);
            fault = Some(format!("{:?} does not stand at bytes {start}..{end}", location.text));
        }
    });
    fault.map_or(Ok(()), Err)
}
