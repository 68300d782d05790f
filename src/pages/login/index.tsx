import { page } from '@/components/page';
import { LoginView } from './login-view';

export default page(LoginView, { kind: 'login', title: (t) => t('login.title') });
