import { View } from '@tarojs/components';
import { useState } from 'react';
import { ConnectionError } from '@/connection';
import { scanCode } from '@/components/code/scan-code';
import { toast } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Button } from '@/components/ui/button';
import { Cell } from '@/components/ui/cell';
import { SearchField } from '@/components/ui/search-field';
import { Slot } from '@/components/ui/slot';
import type { AccountStores } from '@/stores';
import { peopleTexts } from '../texts';
import '../people.scss';

/** The longest account of the server, characters. */
const ID_LENGTH = 32;

export const AddView = observer(function AddView() {
  const { account } = useStores();
  return account && <Add account={account} />;
});

/** Finds a person by the exact account, and opens the person's card. */
const Add = observer(function Add({ account }: { account: AccountStores }) {
  const t = useTexts(peopleTexts);
  const { language } = useStores().settings;
  const navigate = useNavigate();
  const [typed] = useState({ text: '' });
  const [note, setNote] = useState('');
  const search = async () => {
    const accountId = typed.text.trim();
    if (accountId === '') return setNote(t('add.hint'));
    if (accountId.length > ID_LENGTH) return setNote(t('add.tooLong', { limit: ID_LENGTH }));
    setNote(t('add.searching'));
    try {
      const { user } = account.connection.services;
      const [found] = await user.getUserListFromCloud([accountId]);
      if (typed.text.trim() !== accountId) return;
      setNote(found ? '' : t('card.missingHint', { account: accountId }));
      if (found) navigate(routes.card(accountId));
    } catch (cause) {
      setNote(reasonText(ConnectionError.from(cause).code, language));
    }
  };
  const scan = async () => {
    const code = await scanCode(language);
    if (!code) return;
    if (code === 'foreign') toast(t('add.foreign'));
    else navigate(code.kind === 'team' ? routes.applyTo(code.team) : routes.card(code.accountId));
  };
  return (
    <>
      <View className="p-search">
        <SearchField
          label={t('add.search')}
          onInput={({ detail }) => (typed.text = detail.value)}
          onConfirm={() => void search()}
        />
      </View>
      <View className="p-space">
        <Button onClick={() => void search()}>{t('add.button')}</Button>
      </View>
      <Slot>
        <View className="p-hint" ariaRole="alert">
          {note || t('add.hint')}
        </View>
      </Slot>
      <View className="p-group">
        {process.env.TARO_ENV === 'weapp' && (
          <Cell title={t('add.scan')} onClick={() => void scan()} />
        )}
        <Cell title={t('code.title')} onClick={() => navigate(routes.ownCode)} />
      </View>
    </>
  );
});
