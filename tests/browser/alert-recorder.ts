// Records the sounds and the notifications of a page.

import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** The sounds and notifications so far, in order. */
    recordedAlerts: string[];
  }
}

/** Records every tone, and every notification instead of showing it. */
export async function recordAlerts(
  page: Page,
  permission: NotificationPermission = 'granted',
): Promise<void> {
  await page.addInitScript((permission) => {
    window.recordedAlerts = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      window.recordedAlerts.push(`tone ${this.frequency.value}`);
      start.call(this, when);
    };
    class Notified {
      static permission = permission;
      static requestPermission = (): Promise<string> => Promise.resolve(permission);
      readonly tag: string;
      onclick = null;
      constructor(title: string, { tag, body }: { tag: string; body: string }) {
        this.tag = tag;
        window.recordedAlerts.push(`shows ${tag}: ${title}, ${body}`);
      }
      close(): void {
        window.recordedAlerts.push(`closes ${this.tag}`);
      }
    }
    Object.defineProperty(window, 'Notification', { value: Notified });
  }, permission);
}

/** Returns the sounds and notifications since the last call. */
export function takeAlerts(page: Page): Promise<string[]> {
  return page.evaluate(() => window.recordedAlerts.splice(0));
}

/** Returns the notifications among `alerts`. */
export function notificationsIn(alerts: readonly string[]): string[] {
  return alerts.filter((each) => /^(shows|closes)/.test(each));
}
