import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";

const themes = ["light", "dark"] as const;
const widths = { phone: { width: 360, height: 740 }, desktop: { width: 1440, height: 900 } };

/**
 * Expects that a page shows `content`, does not overflow and passes axe, on narrow and wide screens and in both themes.
 * Motion is reduced, because a half-transparent element has half the contrast.
 */
export async function expectReadable(page: Page, content: Locator): Promise<void> {
  for (const size of Object.values(widths)) {
    await page.setViewportSize(size);
    await expect(content).toBeVisible();
    await expectNoOverflow(page);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expectNoViolations(page);
    }
  }
}

/** The frame's content belongs to DingTalk. Without it, axe's legacy mode is sufficient and does not open a second page. */
async function expectNoViolations(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page })
    .exclude("iframe")
    .setLegacyMode()
    .options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

async function expectNoOverflow(page: Page): Promise<void> {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: innerWidth,
  }));
  expect(content).toBeLessThanOrEqual(window);
}
