/** Does nothing. Without this file Next uses the one in a parent folder, which would start the app's database here. */
export function register(): void {}
