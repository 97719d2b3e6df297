import { css } from 'lit';

/** Hides a button from the eye only. */
const outOfSight = css`
  clip-path: inset(50%);
  height: 1px;
  min-height: 0;
  min-width: 0;
  padding: 0;
  position: absolute;
  width: 1px;
`;

/**
 * The buttons of a held tile on the board and in the list. The name of a person in a button has room for
 * two lines, and no text moves anything. If a tile is not wide enough for two buttons, the second one
 * stands below the first.
 */
export const tileActs = css`
  :host([layout='board']) {
    container: tile / inline-size;
  }
  :host(:is([layout='board'], [layout='list'])) :is(.held, .returning) .acts button {
    line-height: 1.2;
    padding-block: 0;
    white-space: normal;
  }
  :host(:is([layout='board'], [layout='list'])) .acts :is(.first, .second, .check) {
    text-align: start;
  }
  :host(:is([layout='board'], [layout='list'])) .tile:not(.unsure) .acts .check {
    text-align: center;
  }
  :host(:is([layout='board'], [layout='list'])) :is(.held, .returning) :is(.first, .second) > span {
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    display: -webkit-box;
    overflow: hidden;
  }
  /* A name breaks between its words, and inside a word only if the word is longer than the button. */
  :host(:is([layout='board'], [layout='list'])) .acts bdi {
    overflow-wrap: break-word;
  }
  :host(:is([layout='board'], [layout='list'])) .asking .acts .first {
    font-size: 0.8125rem;
  }
  :host(:is([layout='board'], [layout='list'])) .acts .sentence {
    max-height: 48px;
  }
  :host(:is([layout='board'], [layout='list'])) .tile .sentence > span {
    -webkit-line-clamp: 3;
  }
  /* On a touch screen and on a narrow board, the details have this button. */
  @media (hover: none) {
    :is(.held, .returning):not(.unsure) .check:not(:focus-visible) {
      ${outOfSight}
    }
  }
  @container board (width < 34rem) {
    :host([layout='board']) :is(.held, .returning):not(.unsure) .check:not(:focus-visible) {
      ${outOfSight}
    }
    :host([layout='board']) :is(.held, .returning):not(.asking) .acts .first:not(.sentence) {
      font-size: 0.8125rem;
      max-width: none;
      padding-inline: 0.25rem;
      text-align: center;
    }
  }
  @container board (width < 34rem) {
    /* The text stands above the signs. */
    :host([layout='board']) :is(.free, .unknown) .acts .first:not(.sentence) {
      padding: 2.25rem 0.5rem 0 0.875rem;
      place-content: start;
    }
  }
  /* The signs of a held tile appear with the pointer, side by side. */
  @media (hover: hover) {
    :is(.held, .returning):not(.unsure) .sign {
      min-width: 28px;
    }
    :is(.held, .returning):not(.unsure) .more {
      margin-inline-start: 0;
    }
  }
  /* In a row of the list, "Park here" takes the place of "Free". */
  :host([layout='list']) :is(.free, .unknown) .first {
    padding-inline-start: calc(18px + 2.5rem + 10px);
    place-content: center start;
  }
  :host([layout='list']) .ready:is(.free, .unknown):is(:hover, :focus-within) .who {
    visibility: hidden;
  }
  @container tile (width < 380px) {
    @container board (width >= 34rem) {
      .tile {
        --tile-height: max(200px, calc(var(--tile-tall, 160px) + 40px));
        --tile-name: 1.125rem;
      }
      .name.long:not(.number) {
        -webkit-line-clamp: 3;
        font-size: var(--text-16);
        line-height: 1.2;
      }
      .age,
      .checked {
        white-space: normal;
      }
      .acts {
        align-content: end;
        column-gap: 4px;
        flex-wrap: wrap;
        min-height: 76px;
        row-gap: 4px;
      }
      :is(.held, .returning) .acts .first {
        max-width: calc(100% - 64px);
      }
      .acts .sign {
        order: 1;
      }
      .acts .second,
      .unsure:is(.held, .returning) .check {
        flex: 1 1 100%;
        order: 2;
        padding-inline: 0.875rem;
      }
      :is(.held, .returning).rings .acts .sentence {
        flex: 1 1 100%;
        max-width: none;
      }
      /* The question has four lines for two long names, beside "Cancel". */
      :host([layout='board']) .asking .acts .first {
        flex: 1 1 0;
        max-height: 76px;
        max-width: none;
        min-height: 36px;
        padding-inline: 0.5rem;
      }
      :host([layout='board']) .asking .acts .first > span {
        -webkit-line-clamp: 4;
      }
      .acts .second.cancel {
        flex: none;
      }
      :host([layout='board']) .acts .sentence {
        flex: 1 1 0;
        max-height: 76px;
        max-width: none;
      }
      :host([layout='board']) .rings .acts .sentence {
        flex: 1 1 100%;
      }
      :host([layout='board']) .tile .sentence > span {
        -webkit-line-clamp: 4;
      }
    }
  }
  @container tile (width < 250px) {
    @container board (width >= 34rem) {
      :is(.held, .returning) .acts {
        grid-column: 1 / -1;
      }
      .acts .first {
        font-size: 0.8125rem;
      }
      .acts :is(.first, .second),
      .unsure:is(.held, .returning) .check {
        padding-inline: 0.375rem;
      }
    }
  }
`;
