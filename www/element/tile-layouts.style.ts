import { css } from 'lit';
import { oneLine } from './tokens.ts';

/** The texts about a call have as many lines as there is room for under its name. */
export const restLines = [1, 2, 3, 4, 5].map(
  (lines) => css`
    @container rest (height >= ${lines * 1.3 + 0.2}em) {
      .about {
        -webkit-line-clamp: ${lines};
      }
    }
  `,
);

/** The sizes of a tile on boards of several widths, and the rows of the list. */
export const tileLayouts = css`
  .rest {
    display: contents;
  }
  @container board (width >= 34rem) {
    :host([layout='board']) .who {
      display: grid;
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    }
    :host([layout='board']) .rest {
      container: rest / size;
      display: block;
      font-size: var(--text-14);
    }
  }
  @container board (width >= 100rem) {
    :host([layout='board']) .tile {
      --tile-digit: var(--text-40);
      --tile-height: max(232px, var(--tile-tall, 0px));
      --tile-name: var(--text-28);
      --tile-ring: 104px;
      --tile-time: var(--text-28);
      padding: 20px 20px 16px 24px;
    }
    :host([layout='board']) :is(.near, .late, .over) {
      --tile-time: var(--text-40);
    }
    :host([layout='board']) .name.number:not(.long) {
      font-size: 1.5rem;
    }
    :host([layout='board']) :is(.rest, .about) {
      font-size: var(--text-16);
    }
  }
  @container board (width < 50rem) {
    :host([layout='board']) .tile {
      --tile-name: var(--text-16);
      --tile-ring: 60px;
    }
    :host([layout='board']) .late {
      --tile-time: var(--text-28);
    }
  }
  /* A phone: two columns. The time stands beside the digit, without a ring, and the name has a line of
     its own. */
  @container board (width < 34rem) {
    :host([layout='board']) .tile {
      --tile-height: 124px;
      --tile-ring: 0;
      column-gap: 8px;
      grid-template: 28px minmax(0, 1fr) auto / auto minmax(0, 1fr);
      padding: 6px 8px 6px 14px;
      row-gap: 0;
    }
    :host([layout='board']) .who {
      grid-column: 1 / -1;
      grid-row: 2;
    }
    :host([layout='board']) :is(.free, .unknown) .who {
      align-self: center;
      grid-column: 2;
      grid-row: 1;
    }
    :host([layout='board']) .name {
      display: block;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    :host([layout='board']) .name bdi {
      ${oneLine}
    }
    /* One line. A part without room in it is hidden together with its dot. */
    :host([layout='board']) .about {
      display: flex;
      flex-wrap: wrap;
      font-size: var(--text-12);
      height: 1.3em;
      margin-top: 0;
    }
    :host([layout='board']) .about .part:has(.number) {
      display: none;
    }
    :host([layout='board']) .about .part {
      max-width: 100%;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    :host([layout='board']) .dot {
      display: none;
    }
    :host([layout='board']) .part:has(:not(:empty)) ~ .part:has(:not(:empty))::before {
      content: '\\00a0·\\00a0';
    }
    /* The question has three lines, so that the name is readable beside "Cancel". */
    :host([layout='board']) .asking .acts .first {
      font-size: var(--text-12);
      line-height: 1.2;
      padding-inline: 4px;
      white-space: normal;
    }
    :host([layout='board']) .asking .first > span {
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 3;
      display: -webkit-box;
      overflow: hidden;
    }
    :host([layout='board']) .asking .first bdi {
      overflow-wrap: normal;
    }
    :host([layout='board']) .asking .acts .cancel {
      font-size: var(--text-12);
      padding-inline: 4px;
    }
    :host([layout='board']) .unsure:is(.held, .returning) :is(.check .word, .more) {
      display: none;
    }
    :host([layout='board']) .slot {
      align-self: center;
    }
    :host([layout='board']) .time {
      grid-column: 2;
      grid-row: 1;
      height: auto;
      place-self: center end;
    }
    :host([layout='board']) .arrow {
      height: 24px;
      width: 24px;
    }
    :host([layout='board']) :is(.near, .late, .over) {
      --tile-time: var(--text-20);
    }
    :host([layout='board']) .ring {
      display: none;
    }
    :host([layout='board']) .acts {
      gap: 4px;
      grid-column: 1 / -1;
      grid-row: 3;
      min-height: 0;
    }
    :host([layout='board']) .acts button:not(.sentence) {
      min-height: var(--target);
      padding-inline: 0.5rem;
    }
    :host([layout='board']) .acts .sign {
      min-width: var(--target);
    }
    :host([layout='board']) .held .first {
      flex: 1 1 auto;
    }
    :host([layout='board']) .quietly {
      display: none;
    }
  }

  :host([layout='list']) .tile {
    --tile-height: 56px;
    --tile-name: var(--text-16);
    --tile-ring: 44px;
    --tile-time: var(--text-14);
    align-items: center;
    grid-template: minmax(0, 1fr) / 2.5rem minmax(0, 1fr) 6rem 21rem;
    padding: 0 12px 0 18px;
  }
  :host([layout='list']) .who {
    align-items: center;
    column-gap: 16px;
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
  }
  :host([layout='list']) .time {
    place-self: center;
  }
  :host([layout='list']) .arrow {
    height: 28px;
    width: 28px;
  }
  :host([layout='list']) .ring {
    display: none;
  }
  /* The stage shares its line, so that the texts after it are in sight. */
  :host([layout='list']) .part:has(> .stage:not(:empty)) {
    display: inline;
  }
  :host([layout='list']) :is(.soon, .near):not(.unsure) {
    --tile-time: var(--text-20);
  }
  :host([layout='list']) .late:not(.unsure) {
    --tile-time: var(--text-28);
  }
  :host([layout='list']) .acts {
    grid-column: 4;
  }
  @container board (width >= 100rem) {
    :host([layout='list']) .tile {
      --tile-height: 64px;
      --tile-name: var(--text-20);
      --tile-time: var(--text-20);
    }
    :host([layout='list']) :is(.soon, .near, .late):not(.unsure) {
      --tile-time: var(--text-28);
    }
    :host([layout='list']) .name.number:not(.long) {
      font-size: var(--text-20);
    }
    :host([layout='list']) .about {
      font-size: var(--text-16);
    }
  }
  @container board (width < 56rem) {
    :host([layout='list']) .tile {
      --tile-height: 104px;
      grid-template: minmax(0, 1fr) auto / 2rem minmax(0, 1fr) auto;
      padding-block: 8px;
    }
    :host([layout='list']) .who {
      grid-template-columns: minmax(0, 1fr);
    }
    :host([layout='list']) :is(.name, .about) {
      -webkit-line-clamp: 1;
    }
    :host([layout='list']) .acts {
      grid-column: 2 / -1;
    }
  }
`;
