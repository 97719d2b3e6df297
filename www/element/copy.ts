import type { Message } from './messages.ts';
import type { Panel } from './panel.ts';

/** Copies a message as a text, and says so in the panel. */
export async function copyMessage({ locale, controller }: Panel, message: Message): Promise<void> {
  try {
    await navigator.clipboard.writeText(locale.format(message));
    controller.showStatus({ key: 'announce.copied', params: { text: message } });
  } catch {
    // The browser has no clipboard or refuses it. The text stays visible.
  }
}
