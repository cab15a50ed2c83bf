//! Countries, nationalities, regions, cities and landmarks: what names they go by.

use std::collections::{HashMap, HashSet};

use super::aliases::Aliases;
use super::cues::Cues;
use super::gazetteer::Gazetteer;
use crate::data::{RuleError, Source};

/// What an entry of the lexicon is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Country,
    /// A nationality word: `Iraqi`, `Frenchman`.
    Demonym,
    Region,
    City,
    /// A building that also stands for the institution in it; see `landmarks.tsv`.
    Landmark,
    /// A place that belongs to no single country.
    Area,
    /// A river, island, airport or the like of one country; see `features.tsv`.
    Feature,
}

/// A name of the lexicon.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) sort: Sort,
    /// The name it is listed under: a country's name, a people's adjective.
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    pub(crate) subtype: Option<&'static str>,
    /// Too often something else to be found without the model's word.
    pub(crate) unsure: bool,
}

/// Names of places and peoples, by their words.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    entries: Vec<Entry>,
    by_key: HashMap<String, Vec<usize>>,
    by_folded_key: HashMap<String, Vec<usize>>,
    first_words: HashSet<String>,
    longest: usize,
    /// Subtype by a noun at either end of a place's name.
    heads: HashMap<String, &'static str>,
    /// Words in front of a place's name that make another place of it, in lower case.
    modifiers: HashSet<String>,
    /// Those that make a part of the place of it (`Northern`).
    parts: HashSet<String>,
    /// Names of the regions by whose code the gazetteer parts a country.
    divisions: HashSet<String>,
    /// Name of the capital by country code.
    capitals: HashMap<String, String>,
    org_names: HashSet<String>,
    org_heads: HashSet<String>,
    /// Lower-cased nouns that tell of the name beside them that it is an organization's.
    org_nouns: HashSet<String>,
    /// The same, only in front of the name.
    org_appositions: HashSet<String>,
    /// Words of the names of public bodies: `School`.
    org_bodies: HashSet<String>,
    club_prefixes: HashSet<String>,
    /// Names that are no organizations, persons or places: `Covid`.
    others: HashSet<String>,
    /// Capitals that name nothing: `CEO`.
    abbreviations: HashSet<String>,
    /// Organizations of several names.
    pub(crate) aliases: Aliases,
    gazetteer: Gazetteer,
    cues: Cues,
}

/// The words of a name as the lexicon keys them: hyphens are gaps, a leading "the" is dropped.
pub(crate) fn key<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut key = String::new();
    let parts = words.into_iter().flat_map(|w| w.split([' ', '-', '‐', '‑']));
    for part in parts.filter(|p| !p.is_empty()) {
        if key.is_empty() && part.eq_ignore_ascii_case("the") {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&part.replace('’', "'"));
    }
    key
}

fn subtype(name: &str) -> Option<&'static str> {
    ["country", "region", "city", "facility", "natural", "other"].into_iter().find(|s| *s == name)
}

/// The columns of a row, or what is wrong with it.
pub(crate) fn columns<const N: usize>(
    file: &str,
    line: usize,
    row: &[String],
) -> Result<[String; N], RuleError> {
    let trimmed: Vec<String> = row.iter().map(|c| c.trim().to_owned()).collect();
    if let Some(empty) = trimmed.iter().position(String::is_empty) {
        let problem = format!("column {} is empty; write - for nothing", empty + 1);
        return Err(RuleError::new(file, line, problem));
    }
    let found = trimmed.len();
    trimmed.try_into().map_err(|_| {
        RuleError::new(file, line, format!("expected {N} columns between tabs, found {found}"))
    })
}

fn list(cell: &str) -> impl Iterator<Item = (&str, bool)> {
    let forms = cell.split(';').map(str::trim).filter(|f| !f.is_empty() && *f != "-");
    forms.map(|form| match form.strip_suffix('?') {
        Some(sure) => (sure.trim_end(), true),
        None => (form, false),
    })
}

impl Lexicon {
    pub(crate) fn load(source: &Source) -> Result<Lexicon, RuleError> {
        let mut lexicon = Lexicon::default();
        let codes = lexicon.load_countries(source)?;
        lexicon.load_landmarks(source, &codes)?;
        lexicon.load_areas(source)?;
        lexicon.load_peoples(source)?;
        lexicon.load_regions(source, &codes)?;
        lexicon.load_cities(source, &codes)?;
        lexicon.load_features(source, &codes)?;
        for (line, row) in source.rows("places.tsv")? {
            let [class, noun] = columns("places.tsv", line, &row)?;
            if class == "part" {
                lexicon.parts.insert(noun.clone());
            }
            if class == "modifier" || class == "part" {
                lexicon.modifiers.insert(noun);
                continue;
            }
            let class = subtype(&class).ok_or_else(|| {
                RuleError::new("places.tsv", line, format!("unknown subtype {class:?}"))
            })?;
            lexicon.heads.entry(noun).or_insert(class);
        }
        lexicon.load_organizations(source)?;
        lexicon.aliases = Aliases::load(source)?;
        lexicon.gazetteer = Gazetteer::load(source)?;
        lexicon.cues = Cues::load(source)?;
        Ok(lexicon)
    }

    fn load_organizations(&mut self, source: &Source) -> Result<(), RuleError> {
        const FILE: &str = "organizations.tsv";
        for (line, row) in source.rows(FILE)? {
            let [class, form] = columns(FILE, line, &row)?;
            match class.as_str() {
                "name" => self.org_names.insert(key([form.as_str()])),
                "head" => self.org_heads.insert(form),
                "body" => self.org_bodies.insert(form),
                "noun" => self.org_nouns.insert(form),
                "apposition" => self.org_appositions.insert(form),
                "other" => self.others.insert(key([form.as_str()])),
                "prefix" => self.club_prefixes.insert(form),
                "nothing" => self.abbreviations.insert(form),
                _ => return Err(RuleError::new(FILE, line, format!("unknown class {class:?}"))),
            };
        }
        Ok(())
    }

    fn load_countries(&mut self, source: &Source) -> Result<HashSet<String>, RuleError> {
        const FILE: &str = "countries.tsv";
        let mut codes = HashSet::new();
        let mut capitals = Vec::new();
        for (line, row) in source.rows(FILE)? {
            let [code, name, aliases, demonyms, capital] = columns(FILE, line, &row)?;
            if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
                let problem = format!("{code:?} is not an alpha-3 code");
                return Err(RuleError::new(FILE, line, problem));
            }
            if !codes.insert(code.clone()) {
                return Err(RuleError::new(FILE, line, format!("{code} is listed twice")));
            }
            let country = list(&name).next().map_or("", |(name, _)| name);
            let people = list(&demonyms).next().map_or("", |(name, _)| name);
            let places = list(&name).chain(list(&aliases)).map(|f| (f, Sort::Country, country));
            let peoples = list(&demonyms).map(|f| (f, Sort::Demonym, people));
            for ((form, unsure), sort, listed) in places.chain(peoples) {
                let subtype = (sort == Sort::Country).then_some("country");
                let (name, country) = (listed.to_owned(), Some(code.clone()));
                self.add(form, Entry { sort, name, country, subtype, unsure });
            }
            capitals.push((code, capital));
        }
        for (code, capital) in capitals {
            self.add_places(&capital, Sort::City, &code);
            if let Some((form, _)) = list(&capital).next() {
                self.capitals.insert(code.clone(), form.to_owned());
            }
        }
        Ok(codes)
    }

    fn load_regions(&mut self, source: &Source, codes: &HashSet<String>) -> Result<(), RuleError> {
        const FILE: &str = "regions.tsv";
        for (line, row) in source.rows(FILE)? {
            let [code, name, aliases, demonyms] = columns(FILE, line, &row)?;
            check_code(FILE, line, &code, codes)?;
            let listed = list(&name).next().map(|(n, _)| n.to_owned()).unwrap_or_default();
            for (form, unsure) in list(&name).chain(list(&aliases)) {
                if form.len() < 4 && form.bytes().all(|b| b.is_ascii_uppercase()) {
                    self.divisions.insert(listed.clone());
                }
                let (country, subtype) = (Some(code.clone()), Some("region"));
                let name = listed.clone();
                self.add(form, Entry { sort: Sort::Region, name, country, subtype, unsure });
            }
            let people = list(&demonyms).next().map(|(n, _)| n.to_owned()).unwrap_or_default();
            for (form, unsure) in list(&demonyms) {
                let (name, country) = (people.clone(), Some(code.clone()));
                self.add(form, Entry { sort: Sort::Demonym, name, country, subtype: None, unsure });
            }
        }
        Ok(())
    }

    fn load_cities(&mut self, source: &Source, codes: &HashSet<String>) -> Result<(), RuleError> {
        const FILE: &str = "cities.tsv";
        for (line, row) in source.rows(FILE)? {
            let [code, names] = columns(FILE, line, &row)?;
            check_code(FILE, line, &code, codes)?;
            self.add_places(&names, Sort::City, &code);
        }
        Ok(())
    }

    fn load_features(&mut self, source: &Source, codes: &HashSet<String>) -> Result<(), RuleError> {
        const FILE: &str = "features.tsv";
        for (line, row) in source.rows(FILE)? {
            let [class, code, names] = columns(FILE, line, &row)?;
            let Some(class) = subtype(&class) else {
                return Err(RuleError::new(FILE, line, format!("unknown subtype {class:?}")));
            };
            check_code(FILE, line, &code, codes)?;
            for (form, unsure) in list(&names) {
                let (sort, name) = (Sort::Feature, form.to_owned());
                let (country, subtype) = (Some(code.clone()), Some(class));
                self.add(form, Entry { sort, name, country, subtype, unsure });
            }
        }
        Ok(())
    }

    fn load_landmarks(
        &mut self,
        source: &Source,
        codes: &HashSet<String>,
    ) -> Result<(), RuleError> {
        const FILE: &str = "landmarks.tsv";
        for (line, row) in source.rows(FILE)? {
            let [name, code, _city] = columns(FILE, line, &row)?;
            let country = match code.as_str() {
                "-" => None,
                _ => Some(check_code(FILE, line, &code, codes)?.to_owned()),
            };
            let (subtype, unsure) = (Some("facility"), false);
            let listed = name.clone();
            self.add(&name, Entry { sort: Sort::Landmark, name: listed, country, subtype, unsure });
        }
        Ok(())
    }

    fn load_areas(&mut self, source: &Source) -> Result<(), RuleError> {
        const FILE: &str = "areas.tsv";
        for (line, row) in source.rows(FILE)? {
            let [class, name] = columns(FILE, line, &row)?;
            if class == "people" {
                let (sort, country, subtype) = (Sort::Demonym, None, None);
                let listed = name.clone();
                self.add(&name, Entry { sort, name: listed, country, subtype, unsure: false });
                continue;
            }
            let Some(class) = subtype(&class) else {
                return Err(RuleError::new(FILE, line, format!("unknown subtype {class:?}")));
            };
            let (subtype, unsure) = (Some(class), false);
            let listed = name.clone();
            let entry = Entry { sort: Sort::Area, name: listed, country: None, subtype, unsure };
            self.add(&name, entry);
        }
        Ok(())
    }

    fn load_peoples(&mut self, source: &Source) -> Result<(), RuleError> {
        const FILE: &str = "peoples.tsv";
        for (line, row) in source.rows(FILE)? {
            let [class, forms] = columns(FILE, line, &row)?;
            if !["religion", "politics", "people"].contains(&class.as_str()) {
                return Err(RuleError::new(FILE, line, format!("unknown class {class:?}")));
            }
            let people = list(&forms).next().map(|(n, _)| n.to_owned()).unwrap_or_default();
            // A plural listed as sure goes before the one understood of an unsure form.
            let (unsure, sure): (Vec<_>, Vec<_>) = list(&forms).partition(|(_, unsure)| *unsure);
            for (form, unsure) in sure.into_iter().chain(unsure) {
                let (sort, name) = (Sort::Demonym, people.clone());
                self.add(form, Entry { sort, name, country: None, subtype: None, unsure });
            }
        }
        Ok(())
    }

    /// Adds forms, each `NAME` or `SPELLING = NAME`.
    fn add_places(&mut self, forms: &str, sort: Sort, code: &str) {
        for (form, unsure) in list(forms) {
            let (form, name) = form.split_once(" = ").unwrap_or((form, form));
            let (name, country) = (name.trim().to_owned(), Some(code.to_owned()));
            let subtype = Some(if sort == Sort::City { "city" } else { "region" });
            self.add(form.trim(), Entry { sort, name, country, subtype, unsure });
        }
    }

    fn add(&mut self, form: &str, entry: Entry) {
        if entry.sort == Sort::Demonym && takes_plural(form) {
            self.insert(&format!("{form}s"), entry.clone());
        }
        self.insert(form, entry);
    }

    fn insert(&mut self, form: &str, entry: Entry) {
        let key = key([form]);
        self.longest = self.longest.max(key.split(' ').count());
        self.first_words.insert(key.split(' ').next().unwrap_or_default().to_owned());
        let index = self.entries.len();
        self.by_folded_key.entry(key.to_lowercase()).or_default().push(index);
        self.by_key.entry(key).or_default().push(index);
        self.entries.push(entry);
    }

    /// The entries of a name, as spelled.
    pub(crate) fn lookup(&self, key: &str) -> &[usize] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// The entries of a name, whatever its case; for headlines in capitals.
    pub(crate) fn lookup_folded(&self, key: &str) -> &[usize] {
        self.by_folded_key.get(&key.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn entry(&self, index: usize) -> &Entry {
        &self.entries[index]
    }

    /// The name of a country's capital.
    pub(crate) fn capital(&self, country: &str) -> Option<&str> {
        self.capitals.get(country).map(String::as_str)
    }

    /// Towns and counties that are not listed by hand.
    pub(crate) fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    pub(crate) fn cues(&self) -> &Cues {
        &self.cues
    }

    /// True if `word` heads names of public bodies, which are called after where they are.
    pub(crate) fn heads_body(&self, word: &str) -> bool {
        self.org_heads.contains(word) || self.org_bodies.contains(word)
    }

    /// True if some name starts with `word`.
    pub(crate) fn starts_with(&self, word: &str) -> bool {
        let first = word.split(['-', '‐', '‑']).next().unwrap_or(word);
        self.first_words.contains(first)
    }

    /// The number of words of the longest name.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// True if `word` in front of a place's name makes another place of it (`Northern`, `New`).
    pub(crate) fn is_place_modifier(&self, word: &str) -> bool {
        self.modifiers.contains(&word.to_lowercase())
    }

    /// True if the gazetteer says of a country's towns whether they lie in this region.
    pub(crate) fn is_division(&self, region: &str) -> bool {
        self.divisions.contains(region)
    }

    /// True if `word` in front of a place's name makes a part of it.
    pub(crate) fn is_place_part(&self, word: &str) -> bool {
        self.parts.contains(&word.to_lowercase())
    }

    /// True if `key` names a people, a religion or its members (`Sunni`).
    pub(crate) fn is_people(&self, key: &str) -> bool {
        self.lookup(key).iter().any(|&e| self.entry(e).sort == Sort::Demonym)
    }

    /// True if `key` names a well-known organization.
    pub(crate) fn is_organization(&self, key: &str) -> bool {
        self.org_names.contains(key)
    }

    /// True if `word` heads names of organizations (`Union`, `Ministry`).
    pub(crate) fn heads_organization(&self, word: &str) -> bool {
        self.org_heads.contains(word)
    }

    /// True if `noun` beside a name tells that it is an organization's ("the daily Zed", "the Zed
    /// party"); `before` where it stands in front.
    pub(crate) fn tells_organization(&self, noun: &str, before: bool) -> bool {
        self.org_nouns.contains(noun) || before && self.org_appositions.contains(noun)
    }

    /// True if `key` names what is no organization, person or place (`Covid`).
    pub(crate) fn is_other(&self, key: &str) -> bool {
        self.others.contains(key)
    }

    /// True for what the names of sports clubs begin with (`AFC`).
    pub(crate) fn is_club_prefix(&self, word: &str) -> bool {
        self.club_prefixes.contains(word)
    }

    /// True for capitals that name nothing (`CEO`).
    pub(crate) fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(word)
    }

    /// The subtype that a noun at either end of a place's name tells (`airport`, `river`).
    pub(crate) fn subtype_of_noun(&self, noun: &str) -> Option<&'static str> {
        self.heads.get(&noun.to_lowercase()).copied()
    }
}

fn check_code<'a>(
    file: &str,
    line: usize,
    code: &'a str,
    codes: &HashSet<String>,
) -> Result<&'a str, RuleError> {
    if codes.contains(code) {
        Ok(code)
    } else {
        Err(RuleError::new(file, line, format!("country {code} is not in countries.tsv")))
    }
}

fn takes_plural(demonym: &str) -> bool {
    !["s", "sh", "ch", "ese", "man", "men", "woman"].iter().any(|e| demonym.ends_with(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(name: &str) -> Option<(Sort, String, Option<String>)> {
        let lexicon = Lexicon::load(&Source::builtin()).unwrap();
        let first = *lexicon.lookup(&key([name])).first()?;
        let entry = lexicon.entry(first);
        Some((entry.sort, entry.name.clone(), entry.country.clone()))
    }

    #[test]
    fn names_lead_to_countries() {
        for (name, sort, listed, country) in [
            ("Iraq", Sort::Country, "Iraq", "IRQ"),
            ("U.S.", Sort::Country, "United States", "USA"),
            ("US", Sort::Country, "United States", "USA"),
            ("the Netherlands", Sort::Country, "Netherlands", "NLD"),
            ("Guinea-Bissau", Sort::Country, "Guinea-Bissau", "GNB"),
            ("Côte d’Ivoire", Sort::Country, "Ivory Coast", "CIV"),
            ("Iraqis", Sort::Demonym, "Iraqi", "IRQ"),
            ("Frenchmen", Sort::Demonym, "French", "FRA"),
            ("Scottish", Sort::Demonym, "Scottish", "GBR"),
            ("Scots", Sort::Demonym, "Scottish", "GBR"),
            ("Baghdad", Sort::City, "Baghdad", "IRQ"),
            ("Peking", Sort::City, "Beijing", "CHN"),
            ("Texas", Sort::Region, "Texas", "USA"),
            ("Kremlin", Sort::Landmark, "Kremlin", "RUS"),
        ] {
            let expected = Some((sort, listed.to_owned(), Some(country.to_owned())));
            assert_eq!(find(name), expected, "{name}");
        }
        assert_eq!(find("Martian"), None);
        assert_eq!(find("us"), None);
    }

    #[test]
    fn faults_name_their_line() {
        let dir = tempdir("lexicon");
        for (text, problem) in [
            ("IRQ\tIraq\t-\tIraqi\n", "countries.tsv:1: expected 5 columns between tabs, found 4"),
            (
                "# c\nIRQ\tIraq\t-\t\tBaghdad\n",
                "countries.tsv:2: column 4 is empty; write - for nothing",
            ),
            ("Iraq\tIraq\t-\t-\t-\n", "countries.tsv:1: \"Iraq\" is not an alpha-3 code"),
            ("IRQ\tA\t-\t-\t-\nIRQ\tB\t-\t-\t-\n", "countries.tsv:2: IRQ is listed twice"),
        ] {
            std::fs::write(dir.join("countries.tsv"), text).unwrap();
            let error = Lexicon::load(&Source::overlay(&dir).unwrap()).unwrap_err();
            assert_eq!(error.to_string(), problem);
        }
        std::fs::remove_dir_all(dir).unwrap();
    }

    fn tempdir(name: &str) -> std::path::PathBuf {
        let dir = std::env::temp_dir().join(format!("dateline-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        dir
    }
}
