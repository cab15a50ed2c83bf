//! Lengths of time as TIMEX3 values: `P3D`, `PT2H`, `PXY`.

/// A number of units; `X` for an unknown number.
pub(super) fn duration(number: &str, unit: &str) -> Option<String> {
    let (unit, times, clock) = match unit {
        "D" | "W" | "M" | "Y" => (unit, 1.0, false),
        "FN" => ("W", 2.0, false),
        "Q" => ("M", 3.0, false),
        "DE" => ("Y", 10.0, false),
        "CE" => ("Y", 100.0, false),
        "H" | "S" => (unit, 1.0, true),
        "MIN" => ("M", 1.0, true),
        _ => return None,
    };
    let prefix = if clock { "PT" } else { "P" };
    let number = match number {
        "X" => return Some(format!("{prefix}X{unit}")),
        "half" => match unit {
            "Y" if times == 1.0 => return Some("P6M".to_owned()),
            "H" => return Some("PT30M".to_owned()),
            "D" => return Some("PT12H".to_owned()),
            _ => 0.5,
        },
        _ => number.parse::<f64>().ok()?,
    };
    Some(format!("{prefix}{}{unit}", number * times))
}

/// A number of units and half a unit more, in whole numbers of the next smaller unit: `P2Y6M`.
pub(super) fn duration_and_half(number: &str, unit: &str) -> Option<String> {
    let whole = duration(number, unit)?;
    Some(match unit {
        "Y" => format!("{whole}6M"),
        "D" => format!("{whole}T12H"),
        "H" => format!("{whole}30M"),
        "MIN" => format!("{whole}30S"),
        _ => return duration(&(number.parse::<f64>().ok()? + 0.5).to_string(), unit),
    })
}
