use super::Parsed;
use crate::{Reason, Record};
pub(super) fn parse(_record: &Record) -> Result<Parsed, Reason> {
    Err(Reason::NoArticle)
}
