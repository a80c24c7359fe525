import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";

const themes = ["light", "dark"] as const;
const widths = { phone: { width: 360, height: 740 }, desktop: { width: 1440, height: 900 } };

/** Shown by `sign`, and readable by everybody: narrow and wide, in both themes. Nothing may be moving, for what is half transparent has half the contrast. */
export async function expectReadable(page: Page, sign: Locator): Promise<void> {
  for (const size of Object.values(widths)) {
    await page.setViewportSize(size);
    await expect(sign).toBeVisible();
    await expectNothingSticksOut(page);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expectAccessible(page);
    }
  }
}

/** The frame's inside is DingTalk's; without it one page is enough for axe, and its legacy mode spares it a second. */
async function expectAccessible(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page })
    .exclude("iframe")
    .setLegacyMode()
    .options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

async function expectNothingSticksOut(page: Page): Promise<void> {
  const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: innerWidth }));
  expect(wide).toBeLessThanOrEqual(room);
}
