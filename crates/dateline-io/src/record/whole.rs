//! Inputs that are one record: a text, a page.

use std::io::Read as _;

use super::{Kind, Origin, Record, Records};
use crate::source::{Opened, Reading};
use crate::{Error, Reason};

pub(super) fn read(opened: Opened, kind: Kind, reading: &Reading) -> Records {
    let limit = reading.max_record_bytes;
    Box::new(std::iter::once_with(move || record(opened, kind, limit)))
}

fn record(opened: Opened, kind: Kind, limit: u64) -> Result<Record, Error> {
    let origin =
        Origin { source: opened.name().to_owned(), number: 1, line: None, byte_offset: Some(0) };
    let Opened { input, mut from, gauge, .. } = opened;
    let mut bytes = Vec::new();
    let mut fault = None;
    if let Err(error) = from.by_ref().take(limit + 1).read_to_end(&mut bytes) {
        // What could be read of a damaged file is kept, but half a text is not the text.
        fault = Some(Opened::judge(&input, &gauge, error)?);
    } else if bytes.len() as u64 > limit {
        (bytes, fault) = (Vec::new(), Some(Reason::TooLarge { limit }));
    }
    Ok(Record { origin, kind, bytes, fault, taken: gauge.taken() })
}
