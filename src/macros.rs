//! [`words!`]: declares enums whose variants have fixed words.

/// Declares an enum of which every variant has a fixed word, in Rust and in JavaScript alike.
///
/// The compiler then knows every place that has to change with a new variant: the list `ALL` and
/// both conversions grow by themselves, and a `match` without the variant does not compile.
macro_rules! words {
    ($(#[$doc:meta])+ $name:ident {
        $($(#[$variant_doc:meta])+ $variant:ident = $word:literal,)+
    }) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum $name {
            $($(#[$variant_doc])+ $variant,)+
        }

        impl $name {
            /// All variants, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the word for this variant. The word never changes.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Returns the variant with this word, or `None` if there is no such variant.
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        // A recording stores the index of the variant in `ALL`, because stand-ins replace all texts
        // of a recording.
        impl $crate::record::Record for $name {
            fn write(&self, to: &mut $crate::record::Writer) {
                to.number(*self as u64);
            }

            fn read(from: &mut $crate::record::Reader<'_>) -> Option<Self> {
                Self::ALL.get(usize::try_from(from.number()?).ok()?).copied()
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use words;
