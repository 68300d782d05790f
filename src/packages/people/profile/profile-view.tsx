import { ScrollView, View } from '@tarojs/components';
import { useState } from 'react';
import { choosePicture } from '@/components/composer/choose-media';
import { choose, copyText } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { Cell } from '@/components/ui/cell';
import { Skeleton } from '@/components/ui/skeleton';
import { systemClock } from '@/platform';
import type { AccountStores } from '@/stores';
import { changeAvatar, changeProfile } from '@/stores/people/own-profile';
import { askText } from '@/components/page/ask-text';
import { attempt } from '@/components/page/attempt';
import { genderKey } from '../gender';
import { peopleTexts } from '../texts';
import { checkOf, type TextField } from './profile-checks';
import '../people.scss';

/** How a birthday is written. */
const BIRTHDAY = '2000-01-31';
const GENDERS = [1, 2, 0] as const;

export const ProfileView = observer(function ProfileView() {
  const { account } = useStores();
  return account && <Profile account={account} />;
});

/** The own profile; a tap on a line changes it. */
const Profile = observer(function Profile({ account }: { account: AccountStores }) {
  const t = useTexts(peopleTexts);
  const { language } = useStores().settings;
  const navigate = useNavigate();
  const [uploading, setUploading] = useState(false);
  const { self } = account.users;
  const { profile } = self;
  if (!profile) return <Skeleton />;
  const save = (changes: Parameters<typeof changeProfile>[1]) =>
    attempt(() => changeProfile(account, changes, systemClock), language);

  const changePicture = async () => {
    if (uploading) return;
    const picture = await choosePicture(language);
    if (!picture) return;
    setUploading(true);
    await attempt(() => changeAvatar(account, picture.file, systemClock), language);
    setUploading(false);
  };
  const edit = async (field: TextField, title: string) => {
    const initial = profile[field] ?? '';
    const problemOf = checkOf(field, t);
    const hint = field === 'birthday' ? BIRTHDAY : '';
    const text = await askText({ title, initial, hint, problemOf }, language);
    if (text !== null && text !== initial) await save({ [field]: text });
  };
  const changeGender = async () => {
    const gender = await choose(GENDERS, (each) => t(genderKey(each)), language);
    if (gender !== undefined && gender !== profile.gender) await save({ gender });
  };
  const line = (field: TextField, title: string) => (
    <Cell
      title={title}
      value={profile[field] || t('card.none')}
      onClick={() => void edit(field, title)}
    />
  );
  return (
    <ScrollView className="fill" scrollY enhanced>
      <View
        className="p-head"
        hoverClass="pressed"
        ariaRole="button"
        ariaLabel={t('profile.avatar')}
        onClick={() => void changePicture()}
      >
        <View className="p-grow p-title">
          {uploading ? t('profile.uploading') : t('profile.avatar')}
        </View>
        <Avatar accountId={self.accountId} name={self.name} url={self.avatar} large />
      </View>
      <View className="p-group">
        {line('name', t('profile.nick'))}
        <Cell
          title={t('profile.account')}
          value={self.accountId}
          onClick={() => void copyText(self.accountId, language)}
        />
        <Cell title={t('code.title')} onClick={() => navigate(routes.ownCode)} />
        <Cell
          title={t('card.gender')}
          value={t(genderKey(profile.gender))}
          onClick={() => void changeGender()}
        />
        {line('birthday', t('card.birthday'))}
        {line('mobile', t('card.mobile'))}
        {line('email', t('card.email'))}
        {line('sign', t('card.sign'))}
      </View>
    </ScrollView>
  );
});
