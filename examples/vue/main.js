import { createApp } from 'vue';
import { openDesk } from '../desk.js';
import Desk from './desk.vue';

createApp(Desk, { park: await openDesk() }).mount('#app');
