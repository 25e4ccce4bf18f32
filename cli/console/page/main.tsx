import { render } from 'preact';
import { App } from './app';
import { ConsoleClient, takeToken } from './console-client';
import { NoSessionNotice } from './notice';

const root = document.getElementById('app')!;
const token = takeToken();
render(token === undefined ? <NoSessionNotice /> : <App api={new ConsoleClient(token)} />, root);
