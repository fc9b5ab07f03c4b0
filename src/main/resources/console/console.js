// SPDX-License-Identifier: Apache-2.0
'use strict';

// The console asks the API once a second and draws what it answers. Everything from outside enters as text, never as markup.

const PERIOD = 1000;
const SAMPLES = 120;
const COUNTERS = ['submitted', 'answered', 'received'];

const $ = (selector) => document.querySelector(selector);
const number = new Intl.NumberFormat('en');
const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' });
const history = Object.fromEntries(COUNTERS.map((name) => [name, []]));
let last = null;

// ---------------------------------------------------------------- the API

class Refused extends Error {}

async function api(path, method = 'GET') {
  const token = sessionStorage.getItem('token');
  const answer = await fetch(path, { method, headers: token ? { Authorization: `Bearer ${token}` } : {}, cache: 'no-store' });
  if (answer.status === 401) {
    askForToken();
    throw new Refused('a token is needed');
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Refused(body.detail || `${method} ${path}: ${answer.status}`);
  }
  return body;
}

function askForToken() {
  const dialog = $('#login');
  if (!dialog.open) {
    $('#token').value = '';
    dialog.showModal();
  }
}

$('#refused').addEventListener('click', () => notice('', '#refused'));

$('#login').addEventListener('close', () => {
  const token = $('#token').value.trim();
  if (token) {
    sessionStorage.setItem('token', token);
  }
});

async function act(path, question) {
  if (question && !window.confirm(question)) {
    return;
  }
  try {
    await api(path, 'POST');
    notice('', '#refused');
  } catch (error) {
    notice(error instanceof Refused ? error.message : 'The node does not answer.', '#refused');
  }
}

/** Of what the clock asks for: gone when it is answered. What became of a click stays until the next one. */
function notice(text, id = '#notice') {
  $(id).textContent = text;
  $(id).hidden = !text;
}

// ---------------------------------------------------------------- pieces

function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) {
    node.className = className;
  }
  node.append(...children.map((child) => (child instanceof Node ? child : String(child ?? ''))));
  return node;
}

const KIND = {
  bound: 'good', completed: 'good', enabled: 'good', ready: 'good',
  running: 'busy', binding: 'busy', draining: 'busy',
  'not bound': 'bad', 'partly bound': 'warn', waiting: 'warn', paused: 'warn', awaiting_lease: 'warn', draft: '', disabled: '', cancelled: '',
};
const badge = (text) => element('span', `badge ${KIND[text] ?? ''}`, text.replace('_', ' '));
const cell = (content, className) => element('td', className, content);
const count = (value) => cell(number.format(value ?? 0), 'number');
const at = (text) => (text ? time.format(new Date(text)) : '');

function button(label, action) {
  const node = element('button', '', label);
  node.type = 'button';
  node.addEventListener('click', action);
  return node;
}

/** @param parts [[class, share 0 to 1] …] */
function bar(parts, under) {
  const line = element('div', 'bar');
  for (const [className, share] of parts) {
    const part = element('div', `part ${className}`);
    part.style.width = `${Math.min(100, Math.max(0, share * 100))}%`;
    line.append(part);
  }
  return element('div', '', line, element('span', 'under', under));
}

function fill(id, rows, nothing) {
  const body = $(`#${id} tbody`);
  const columns = $(`#${id} thead tr`).children.length;
  if (rows.length === 0) {
    const empty = cell(nothing, 'nothing');
    empty.colSpan = columns;
    rows = [element('tr', '', empty)];
  }
  body.replaceChildren(...rows);
}

// ---------------------------------------------------------------- sections

function showTraffic(connections) {
  const sum = (name) => connections.reduce((total, connection) => total + (connection[name] || 0), 0);
  const now = { at: performance.now(), ...Object.fromEntries(COUNTERS.map((name) => [name, sum(name)])) };
  for (const name of COUNTERS) {
    // a slot that moved starts counting anew: that is no negative traffic
    const rate = last ? Math.max(0, (now[name] - last[name]) / ((now.at - last.at) / 1000)) : 0;
    history[name] = [...history[name], rate].slice(-SAMPLES);
    $(`#rate-${name}`).textContent = number.format(Math.round(rate));
  }
  last = now;
  $('#window-used').textContent = number.format(sum('windowUsed'));
  $('#window-size').textContent = number.format(sum('windowSize'));
  $('#bound').textContent = number.format(connections.filter((connection) => connection.state === 'bound').length);
  $('#slots').textContent = number.format(connections.length);
  const peak = Math.max(...COUNTERS.flatMap((name) => history[name]));
  $('#peak').textContent = number.format(Math.round(peak));
  const height = Math.max(1, peak);
  for (const name of COUNTERS) {
    const start = SAMPLES - history[name].length;
    const points = history[name].map((rate, i) => `${((start + i) * 600) / (SAMPLES - 1)},${118 - (rate / height) * 114}`);
    $(`#chart .${name}`).setAttribute('points', points.join(' '));
  }
}

/** An account is well when all its connections are bound; enabled alone says little. */
function stateOf(account, bound, wanted) {
  if (!account.enabled || account.paused) {
    return badge(account.enabled ? 'paused' : 'disabled');
  }
  return badge(bound === 0 ? 'not bound' : bound < wanted ? 'partly bound' : 'enabled');
}

/** Says that SR stay away, where they do. */
function srAlarm({ srRatio }) {
  return srRatio?.alarm
    ? element('span', 'under error', `SR for ${number.format(srRatio.reported)} of ${number.format(srRatio.messages)} messages only`)
    : '';
}

function showAccounts(accounts, connections) {
  fill('accounts', accounts.map((account) => {
    const own = connections.filter((connection) => connection.account === account.name);
    const bound = own.filter((connection) => connection.state === 'bound').length;
    const path = `/api/v1/accounts/${encodeURIComponent(account.name)}`;
    const actions = element('td', 'actions');
    actions.append(
      account.enabled
        ? button('Disable', () => act(`${path}/disable`, `Unbind every connection of ${account.name}?`))
        : button('Enable', () => act(`${path}/enable`)),
      account.paused ? button('Resume', () => act(`${path}/resume`)) : button('Pause', () => act(`${path}/pause`)));
    return element('tr', '',
      cell(element('b', '', account.name)),
      cell(element('span', '', account.smscName, element('span', 'under', `${account.systemId} @ ${account.smsc}`))),
      cell(element('span', '', stateOf(account, bound, own.length), srAlarm(account))),
      cell(`${bound} of ${own.length} bound`),
      cell(number.format(account.window)),
      cell(account.maxMtThroughput ? `${number.format(account.maxMtThroughput)} /s` : 'unlimited'),
      cell(account.inDoubt),
      actions);
  }), 'No account yet. Add one to the settings; it is picked up without a restart.');
}

function showConnections(connections) {
  fill('connections', connections.map((connection) => {
    const share = connection.windowSize ? connection.windowUsed / connection.windowSize : 0;
    const limit = connection.rateLimit ? ` of ${number.format(connection.rateLimit)} /s` : ' /s, no limit';
    const isUp = connection.windowSize > 0; // else there is no window and no rate to speak of
    return element('tr', '',
      cell(element('span', '', connection.slot, element('span', 'under', connection.node))),
      cell(badge(connection.state)),
      cell(at(connection.boundSince), 'when'),
      cell(isUp ? bar([[share >= 1 ? 'full' : '', share]], `${connection.windowUsed} of ${connection.windowSize}`) : ''),
      cell(isUp ? bar([['', connection.rateLimit ? connection.rate / connection.rateLimit : 0]],
        `${number.format(Math.round(connection.rate))}${limit}`) : ''),
      count(connection.submitted),
      count(connection.received),
      cell(connection.lastError, 'error'));
  }), 'No connection.');
}

function showDeliveries(deliveries) {
  fill('deliveries', deliveries.map((delivery) => {
    const counters = delivery.counters;
    const doubt = counters.inDoubt + counters.held;
    const share = (value) => (counters.accepted ? value / counters.accepted : 0);
    const path = `/api/v1/deliveries/${delivery.delivery}`;
    const actions = element('td', 'actions');
    if (delivery.state === 'draft') {
      actions.append(button('Start', () => act(`${path}/start`)));
    } else if (delivery.state === 'running') {
      actions.append(button('Pause', () => act(`${path}/pause`)));
    } else if (delivery.state === 'paused') {
      actions.append(button('Resume', () => act(`${path}/resume`)));
    }
    if (['draft', 'running', 'paused'].includes(delivery.state)) {
      actions.append(button('Cancel', () => act(`${path}/cancel`, `Cancel what delivery ${delivery.delivery} has not sent yet?`)));
    }
    return element('tr', '',
      cell(element('span', '', element('b', '', delivery.delivery), ' ', delivery.label ?? '', element('span', 'under', at(delivery.createdAt)))),
      cell(delivery.account),
      cell(badge(delivery.state)),
      cell(bar([['delivered', share(counters.delivered)], ['sent', share(counters.sent)], ['failed', share(counters.failed)],
        ['doubt', share(doubt)]], doubt ? `${number.format(doubt)} in doubt` : '')),
      count(counters.accepted),
      count(counters.sent),
      count(counters.delivered),
      count(counters.failed),
      actions);
  }), 'No delivery yet.');
}

function showDoubt(messages) {
  fill('doubt', messages.map((message) => {
    const path = `/api/v1/messages/${message.id}`;
    return element('tr', '',
      cell(element('b', '', message.id)),
      cell(message.account),
      cell(message.to),
      cell(at(message.submittedAt), 'when'),
      cell(message.error, 'text'),
      element('td', 'actions', '',
        button('Resend', () => act(`${path}/resend`, `Send message ${message.id} again? It may arrive twice.`)),
        button('Close', () => act(`${path}/close`, `Close message ${message.id} as failed?`))));
  }), 'Nothing is in doubt.');
}

function showInbox(rows) {
  fill('inbox', rows.map((row) => element('tr', '',
    cell(at(row.receivedAt), 'when'), cell(row.account), cell(row.from), cell(row.to), cell(said(row), 'text'))), 'Nothing received yet.');
}

/** What is no text is shown as its octets, and what lacks parts says so. */
function said(row) {
  const text = row.text ?? `octets ${row.octets}`;
  return row.complete === false ? element('span', '', text, element('span', 'under', `${row.parts} of ${row.total} parts came`)) : text;
}

async function showHealth() {
  const answer = await fetch('/health/ready', { cache: 'no-store' });
  const health = await answer.json();
  const wrong = Object.entries(health.checks ?? {}).filter(([, state]) => state !== 'ok').map(([name, state]) => `${name}: ${state}`);
  $('#health').textContent = answer.ok ? 'ready' : `not ready – ${wrong.join(', ')}`;
  $('#health').className = `badge ${answer.ok ? 'good' : 'bad'}`;
}

// ---------------------------------------------------------------- the clock

const once = async (path, show) => show(await api(path));

async function look() {
  await showHealth();
  const [{ connections }, { accounts }] = await Promise.all([api('/api/v1/connections'), api('/api/v1/accounts')]);
  showTraffic(connections);
  showAccounts(accounts, connections);
  showConnections(connections);
  await Promise.all([
    once('/api/v1/deliveries?limit=12&counters=true', (answer) => showDeliveries(answer.deliveries)),
    once('/api/v1/messages?status=in_doubt&limit=100', (answer) => showDoubt(answer.messages)),
    once('/api/v1/inbox?latest=true&limit=50', (answer) => showInbox(answer.inbox)),
  ]);
}

async function tick() {
  try {
    if (!document.hidden && !$('#login').open) {
      await look();
      notice('');
    }
  } catch (error) {
    if (error instanceof Refused) {
      notice(error.message);
    } else {
      notice('The node does not answer.');
      $('#health').className = 'badge bad';
      $('#health').textContent = 'unreachable';
    }
  }
  setTimeout(tick, PERIOD);
}

const theme = localStorage.getItem('theme');
if (theme) {
  document.documentElement.dataset.theme = theme;
}
$('#theme').addEventListener('click', () => {
  const dark = getComputedStyle(document.documentElement).colorScheme === 'dark';
  document.documentElement.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('theme', dark ? 'light' : 'dark');
});

tick();
