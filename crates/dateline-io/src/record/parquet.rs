use super::Records;
use crate::Error;
use crate::source::{Opened, Reading};
pub(super) fn read(_opened: Opened, _reading: &Reading) -> Result<Records, Error> {
    Ok(Box::new(std::iter::empty()))
}
