//! Which language an article is in.

use dateline_text::Article;
use whatlang::{Lang, detect};

/// Fewer letters say too little: a list of results or of names looks like any language.
const LETTERS: usize = 200;
/// More don't say more.
const SAMPLE: usize = 4_000;

/// The language of an article that is clearly not in English: its ISO 639-1 code where there is
/// one, else that of ISO 639-3. Short articles and doubtful ones count as English.
pub fn other_than_english(article: &Article) -> Option<&'static str> {
    let text = &article.text;
    let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or(text);
    if sample.chars().filter(|c| c.is_alphabetic()).take(LETTERS).count() < LETTERS {
        return None;
    }
    let found = detect(sample)?;
    (found.lang() != Lang::Eng && found.is_reliable()).then(|| code(found.lang()))
}

fn code(language: Lang) -> &'static str {
    match language {
        Lang::Ara => "ar",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tgl => "tl",
        Lang::Tha => "th",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Vie => "vi",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(text: &str) -> Option<&'static str> {
        other_than_english(&Article::from_text("a", text))
    }

    #[test]
    fn languages_are_told_apart() {
        let german = "Die Außenministerin traf am Dienstag Gesandte aus Kenia in Oslo. Sie sagte, die \
                      Gespräche würden in Nairobi fortgesetzt, sobald beide Seiten ihre Vorschläge \
                      geprüft hätten. Ein Sprecher wollte sich dazu nicht äußern, nannte das Treffen \
                      aber einen Anfang.";
        let english = "The foreign minister met envoys of Kenya in Oslo on Tuesday. She said that the \
                       talks would go on in Nairobi as soon as both sides had looked at what was \
                       proposed. A spokesman would not comment but called the meeting a beginning.";
        assert_eq!(language(german), Some("de"));
        assert_eq!(language(english), None);
        assert_eq!(language("Die Gespräche in Oslo."), None);
        assert_eq!(language(""), None);
        let results = "Lyon 2 Oslo 1\nGenoa 0 Porto 3\nBergen 1 Malmo 1\n".repeat(8);
        assert_eq!(language(&results), None);
    }
}
