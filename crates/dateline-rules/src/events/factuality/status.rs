//! How an event is presented, and how the record says so.

use crate::record::Factuality;

/// How an event is presented, weakest claim first: an event takes the strongest status that one
/// of its mentions states ([`super::overall`]), because what is reported as done in one place is not
/// undone by talk of it in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Generic,
    Hypothetical,
    Proposed,
    /// Planned, but only hoped for, likely or intended.
    Expected,
    Planned,
    Negated,
    Historical,
    Ongoing,
    Actual,
    Cancelled,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Status::Generic => "generic",
            Status::Hypothetical => "hypothetical",
            Status::Proposed => "proposed",
            Status::Planned | Status::Expected => "planned",
            Status::Historical => "historical",
            Status::Ongoing => "ongoing",
            Status::Actual => "actual",
            Status::Negated => "negated",
            Status::Cancelled => "cancelled",
        }
    }

    pub(crate) fn is_planned(self) -> bool {
        matches!(self, Status::Planned | Status::Expected)
    }

    /// The record of the status, with its three axes.
    pub(crate) fn record(self) -> Factuality {
        let negative = matches!(self, Status::Negated | Status::Cancelled);
        let certainty = match self {
            Status::Hypothetical => "possible",
            Status::Proposed => "possible",
            Status::Expected => "probable",
            _ => "certain",
        };
        Factuality {
            status: self.as_str().to_owned(),
            polarity: if negative { "negative" } else { "positive" }.to_owned(),
            certainty: certainty.to_owned(),
            future: self.is_planned() || self == Status::Proposed,
        }
    }
}
