/** The package has no types of its own. */
declare module "fs-native-extensions" {
  /** Locks the whole file, or returns false when another descriptor has the lock. Throws where files cannot be locked. */
  export function tryLock(fd: number): boolean;
}
