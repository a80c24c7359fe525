/** Does nothing. Without a file of its own Next looks for one in the folders above, and would start the app's database here. */
export function register(): void {}
