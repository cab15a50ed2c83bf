//! Numbers that count or measure something: "approximately 2,500 US troops", "$3 million", "5%".

use crate::reading::Reading;

/// Finds the quantities of an article.
pub(crate) fn find(_reading: &mut Reading<'_>) {}
