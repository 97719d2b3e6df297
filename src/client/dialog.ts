import { copied, flatTexts } from './validate.js';

/** A dialog of the softphone, as a SIP library can describe it. */
export interface Dialog {
  /** `in`: the dialog began with an INVITE that this softphone got. `out`: with one that it sent. */
  readonly direction: 'in' | 'out';
  /** The number, the user or the SIP address of the other end. Null if it is not known. */
  readonly number: string | null;
  /** The SIP Call-ID. */
  readonly id?: string;
  /** The headers of the INVITE. The switch may name the call in one of them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** When the dialog began to ring, in ms on the clock of the client. */
  readonly since?: number;
  /** When the dialog was answered, in ms on the clock of the client. Null if it is not answered. */
  readonly answeredAt?: number | null;
}

/** A dialog as the core reads it. */
export interface DialogFields {
  readonly direction: unknown;
  readonly number: unknown;
  /** The SIP Call-ID, and the values of the headers. */
  readonly names: unknown[];
  readonly since: unknown;
  readonly isRinging: boolean;
}

/** Returns a copy of a dialog. Throws `invalid-options` if it is no dialog. */
export function copyDialog(dialog: Dialog): DialogFields {
  const expected = '`headers` to be an object of texts';
  return copied(dialog, 'invalid-options', 'a dialog', (fields: Partial<Dialog>) => {
    const { direction, number, id, headers, since, answeredAt } = fields;
    const values = headers == null ? [] : flatTexts(headers, 'invalid-options', expected);
    const names = [id, ...values.filter((_, at) => at % 2 === 1)];
    return { direction: direction ?? '', number, names, since, isRinging: answeredAt === null };
  });
}
