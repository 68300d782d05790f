import { useContext, useEffect } from 'react';
import type { AccountStores } from '@/stores';
import { PageGateContext } from '../page/page-gate';

/** Asks for the status of a person while the component's page is shown. An empty id asks for nobody. */
export function useWatched({ accountId: me, presence }: AccountStores, accountId: string): void {
  const gate = useContext(PageGateContext);
  useEffect(
    () =>
      accountId === '' || accountId === me
        ? undefined
        : gate.whileShown(() => presence.watch(accountId)),
    [gate, presence, me, accountId],
  );
}

/** Whether a shown person is online; null while that is not known, and for the own account. */
export function useOnline(account: AccountStores, accountId: string): boolean | null {
  useWatched(account, accountId);
  return accountId === '' ? null : account.presence.isOnline(accountId);
}
