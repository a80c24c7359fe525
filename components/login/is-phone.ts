/** Whether a QR code on this screen would be on the very phone that ought to scan it. A hint for what to show first. */
export function isPhone(userAgent: string | null): boolean {
  return /iPhone|iPod|Android.+Mobile|Mobile.+Firefox|HarmonyOS.+Mobile|OpenHarmony.+Phone|Phone; OpenHarmony/i.test(
    userAgent ?? "",
  );
}
