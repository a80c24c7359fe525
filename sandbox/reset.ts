import { restorePermissions } from "./identity/tokens";
import { freshState, type Store } from "./store";

/**
 * Back to the seeded company. Corp tokens stay valid and regain every permission: an app that keeps one in memory must not
 * meet a failure that no test asked for.
 */
export function resetStore(store: Store): void {
  Object.assign(store, freshState());
  restorePermissions(store);
}
