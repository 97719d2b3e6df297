import type { Notification, NotifyType } from './event.ts';
import type { NotifyFormat } from './options.ts';

/** The body of a request, and the headers that belong to the format. */
export interface Formatted {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Writes a notification in a format. */
export function formatted(format: NotifyFormat, notification: Notification): Formatted {
  switch (format) {
    case 'json':
      return json(notification);
    case 'slack':
      return json({ text: escapeForSlack(sentenceOf(notification)) });
    case 'teams':
      return json(cardOf(sentenceOf(notification)));
    case 'ntfy': {
      const isUrgent = URGENT.includes(notification.type);
      return {
        body: sentenceOf(notification),
        headers: {
          'Content-Type': 'text/plain; charset=utf-8',
          Title: `Slot ${notification.data.slot}: ${notification.type}`,
          Priority: isUrgent ? 'high' : 'default',
        },
      };
    }
  }
}

/** Says in one English sentence what happened, and adds the note. */
export function sentenceOf({ type, data }: Notification): string {
  const { slot, caller, parkedBy, takenBy, waited, forWhom, note, returnsIn } = data;
  const { number, name } = caller;
  const both = name === '' || name === number ? number : `${name} (${number})`;
  const who = both === '' ? 'An unknown caller' : both;
  const by = (extension: { name: string } | null) =>
    extension === null ? '' : ` by ${extension.name}`;
  const time = `after ${waited} s`;
  const what: Record<NotifyType, string> = {
    parked: `${who} is parked${by(parkedBy)}`,
    due: `${who} returns in ${returnsIn ?? 0} s`,
    returned: `${who} has returned to ${parkedBy?.name ?? 'the extension'} ${time}`,
    bridged: `${who} was taken${by(takenBy)} ${time}`,
    abandoned: `${who} hung up ${time}`,
    left: `${who} has left ${time}`,
  };
  const wanted = forWhom === null || forWhom === '' ? '' : `, for ${forWhom}`;
  return `Slot ${slot}: ${what[type]}${wanted}.${note === null || note === '' ? '' : ` Note: ${note}`}`;
}

function json(value: unknown): Formatted {
  return { body: JSON.stringify(value), headers: { 'Content-Type': 'application/json' } };
}

/** In Slack these three characters are markup. */
function escapeForSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The card that the trigger "When a Teams webhook request is received" accepts. */
function cardOf(text: string) {
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          // A text block reads Markdown, so links in names and notes must not become links.
          body: [{ type: 'TextBlock', text: escapeMarkdown(text), wrap: true }],
        },
      },
    ],
  };
}

function escapeMarkdown(text: string): string {
  return text.replace(/[[\]*_`<>\\]/g, '\\$&');
}

const URGENT: readonly NotifyType[] = ['due', 'returned'];
