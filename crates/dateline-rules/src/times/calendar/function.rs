//! The functions that the grammar's values call, and how many arguments each takes.

use std::str::FromStr;

macro_rules! functions {
    ($($variant:ident = $name:literal, $least:literal, $most:literal;)*) => {
        /// A function that the grammar's values call.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Function { $($variant),* }

        impl FromStr for Function {
            type Err = String;
            fn from_str(name: &str) -> Result<Function, String> {
                match name {
                    $($name => Ok(Function::$variant),)*
                    _ => Err(format!("unknown function {name:?}")),
                }
            }
        }

        impl Function {
            /// The least and most arguments it takes.
            pub(crate) fn arity(self) -> (usize, usize) {
                match self { $(Function::$variant => ($least, $most)),* }
            }
        }
    };
}

functions! {
    Day = "day", 2, 3;
    Month = "month", 1, 2;
    Year = "year", 1, 1;
    Iso = "iso", 1, 1;
    Slash = "slash", 1, 1;
    Weekday = "weekday", 2, 2;
    MonthOf = "month_of", 2, 2;
    Shift = "shift", 2, 2;
    Ago = "ago", 2, 2;
    Ahead = "ahead", 2, 2;
    Before = "before", 2, 2;
    After = "after", 2, 2;
    Part = "part", 2, 2;
    At = "at", 2, 3;
    Clock = "clock", 1, 2;
    Hour = "hour", 1, 1;
    HourOf = "hour_of", 3, 3;
    Duration = "duration", 2, 2;
    DurationAndHalf = "duration_and_half", 2, 2;
    Set = "set", 1, 2;
    SetDay = "set_day", 1, 1;
    SetMonth = "set_month", 1, 1;
    Quarter = "quarter", 1, 2;
    QuarterOf = "quarter_of", 2, 2;
    Season = "season", 2, 2;
    SeasonIn = "season_in", 2, 2;
    Weekend = "weekend", 1, 1;
    WeekOf = "week_of", 1, 1;
    Half = "half", 2, 2;
    HalfOf = "half_of", 2, 2;
    NthWeekday = "nth_weekday", 3, 3;
    Period = "period", 1, 1;
    PeriodIn = "period_in", 1, 1;
    YearAgo = "year_ago", 0, 0;
    YearEarlier = "year_earlier", 0, 0;
    Yet = "yet", 1, 1;
    Decade = "decade", 1, 1;
    Century = "century", 1, 1;
    Text = "text", 1, 1;
    Unknown = "unknown", 0, 0;
}
