import { page } from '@/components/page/page';
import { peopleTexts } from '../texts';
import { ProfileView } from './profile-view';

export default page(ProfileView, {
  kind: 'inner',
  title: (_t, { settings }) => peopleTexts(settings.language)('profile.title'),
});
