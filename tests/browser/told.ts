// What a page tells beside what it shows: sounds and notifications.

import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** What was heard and seen outside of the page, in order. */
    told: string[];
  }
}

/** Notes every tone and every notification instead of making it, and lets the page be hidden. */
export async function listen(
  page: Page,
  permission: NotificationPermission = 'granted',
): Promise<void> {
  await page.addInitScript((permission) => {
    window.told = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      window.told.push(`tone ${this.frequency.value}`);
      start.call(this, when);
    };
    class Notified {
      static permission = permission;
      static requestPermission = (): Promise<string> => Promise.resolve(permission);
      readonly tag: string;
      onclick = null;
      constructor(title: string, { tag, body }: { tag: string; body: string }) {
        this.tag = tag;
        window.told.push(`shows ${tag}: ${title}, ${body}`);
      }
      close(): void {
        window.told.push(`closes ${this.tag}`);
      }
    }
    Object.defineProperty(window, 'Notification', { value: Notified });
  }, permission);
}

/** What was told since the last time. */
export function told(page: Page): Promise<string[]> {
  return page.evaluate(() => window.told.splice(0));
}

/** The notifications of what was told. */
export function notifications(told: readonly string[]): string[] {
  return told.filter((each) => /^(shows|closes)/.test(each));
}
