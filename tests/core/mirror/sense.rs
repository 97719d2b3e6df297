//! Unclear answers. After three in a row the mirror stops confirming slots.

use valet_park::mirror::MirrorOptions;

use crate::support::{usual, watch};

/// Four slots are asked for one by one, and are vacant.
const BY_SLOT: &str = "
        0:00  event answer bob         -
        0:00  looks                    #1 bob slots 1, #2 bob slots 2
        0:00  #1 vacant 1              #3 bob slots 3
        0:00  #2 vacant 2              #4 bob slots 4
        0:00  #3 vacant 3              -
        0:00  #4 vacant 4              -
        ";

fn by_slot(slots: u16) -> MirrorOptions {
    MirrorOptions { slots, free_list: false, ..usual() }
}

#[test]
fn three_unclear_answers_in_a_row_end_all_confirmations() {
    for said in ["refused bad-request", "unclear 200 <html>"] {
        let story = format!(
            "{BY_SLOT}
        0:06  wake                     #5 bob slots 1
        0:06  #5 {said}                -
        0:12  wake                     #6 bob slots 1
        0:12  #6 {said}                -
              slot 4                   free
        0:18  wake                     #7 bob slots 1
        0:18  #7 {said}                -
        0:22  leaves                   -
              slot 4                   free
        0:23  wake                     -
              slot 4                   free unconfirmed
            "
        );
        watch(by_slot(4), &story);
    }
}

#[test]
fn a_clear_refusal_does_not_count_as_unclear() {
    let story = format!(
        "{BY_SLOT}
        0:06  wake                     #5 bob slots 1
        0:06  #5 refused vacant 1      -
        0:12  wake                     #6 bob slots 2
        0:12  #6 refused vacant 2      -
        0:18  wake                     #7 bob slots 3
        0:18  #7 refused vacant 3      -
        0:23  wake                     -
              slot 4                   free
        "
    );
    watch(by_slot(4), &story);
}

#[test]
fn a_bare_404_does_not_count_as_unclear() {
    let story = format!(
        "{BY_SLOT}
        0:06  wake                     #5 bob slots 1
        0:06  #5 unclear 404 no        #6 bob slots 1
        0:06  #6 unclear 404 no        -
        0:12  wake                     #7 bob slots 2
        0:12  #7 unclear 404 no        #8 bob slots 2
        0:12  #8 unclear 404 no        -
        0:17  event dial-in cat        -
              slot 4                   free
        "
    );
    watch(by_slot(4), &story);
}

#[test]
fn slower_rounds_keep_a_slot_confirmed_for_longer() {
    watch(
        by_slot(2),
        "
        0:00    event answer bob                         -
        0:00    looks                                    #1 bob slots 1, #2 bob slots 2
        0:00    #1 vacant 1 left 120 for 600s            -
        0:00    #2 vacant 2 left 120 for 600s            -
        0:10    wake                                     #3 bob slots 1
        0:10    #3 unclear 200 <html> left 120 for 600s  -
        0:20    wake                                     #4 bob slots 1
        0:20    #4 unclear 200 <html> left 120 for 600s  -
        0:29    event dial-in cat                        -
                slot 2                                   free
        0:30    wake                                     #5 bob slots 1
        0:30    #5 vacant 1 left 120 for 600s            -
        0:40.9  wake                                     #6 bob slots 2
                slot 2                                   free
        0:41    event dial-in dan                        -
                slot 2                                   free unconfirmed
        ",
    );
}
