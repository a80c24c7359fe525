export function findBrowser(): Promise<{ executablePath: string; source: string }>;
