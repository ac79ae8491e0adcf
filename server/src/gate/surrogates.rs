//! JSON texts may hold halves of surrogate pairs (`"\ud83d"`), which no Unicode string can.

/// `json` with each escaped half pair replaced by `\ufffd`, or nothing when there is none.
pub fn mend(json: &[u8]) -> Option<Vec<u8>> {
    let mut mended = None;
    let mut at = 0;
    while at < json.len() {
        if json[at] != b'\\' {
            at += 1;
            continue;
        }
        at += match (unit(json, at), unit(json, at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                let mended = mended.get_or_insert_with(|| json.to_vec());
                mended[at + 2..at + 6].copy_from_slice(b"fffd");
                6
            }
            _ => 2,
        };
    }
    mended
}

/// The code unit that the escape `\uXXXX` at `at` stands for.
fn unit(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(json: &str) -> String {
        mend(json.as_bytes()).map_or_else(|| json.into(), |json| String::from_utf8(json).unwrap())
    }

    #[test]
    fn only_half_pairs_change() {
        assert_eq!(mended(r#""\ud83d""#), r#""\ufffd""#);
        assert_eq!(mended(r#""\ude00x\uD83D""#), r#""\ufffdx\ufffd""#);
        assert_eq!(mended(r#""\ud83d\ud83d\ude00""#), r#""\ufffd\ud83d\ude00""#);
        for whole in [r#""\ud83d\ude00""#, r#""\\ud83d""#, r#""\u00e9\\""#, r#""\u+123""#, r#""\"#]
        {
            assert_eq!(mended(whole), whole);
        }
    }
}
