//! Tests of this part alone.
