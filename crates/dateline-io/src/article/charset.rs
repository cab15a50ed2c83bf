//! Text from bytes of any encoding.
use crate::Reason;
pub(crate) fn decode(
    bytes: &[u8],
    _hint: Option<&str>,
) -> Result<(String, Option<String>), Reason> {
    match std::str::from_utf8(bytes) {
        Ok(t) => Ok((t.to_owned(), None)),
        Err(e) => Err(Reason::Utf8 { offset: e.valid_up_to() as u64 }),
    }
}
