import { render } from 'preact';
import { ApiClient, takeToken } from './api-client';
import { App } from './app';
import { NoSessionNotice } from './notice';

const root = document.getElementById('app')!;
const token = takeToken();
render(token === undefined ? <NoSessionNotice /> : <App api={new ApiClient(token)} />, root);
