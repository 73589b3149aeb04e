// SPDX-License-Identifier: MIT
// dayjs-business-time, in the zone of the environment (TZ). It has one calendar for all, so a
// program that needs several sets hours and holidays anew before each question.
'use strict';
const dayjs = require('dayjs');
const calendars = require('../common/calendars.json');

dayjs.extend(require('dayjs-business-time'));

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function weekOf(hours) {
    const segments = (day) => hours[day] && hours[day].map(([start, end]) => ({ start, end }));
    return Object.fromEntries(DAYS.map((name, day) => [name, segments(day) || null]));
}

const weeks = Object.fromEntries(
    Object.entries(calendars).map(([name, { hours }]) => [name, weekOf(hours)]),
);

function load() {
    return ({ calendar, start, seconds }) => {
        dayjs.setBusinessTime(weeks[calendar]);
        dayjs.setHolidays(calendars[calendar].holidays);
        return dayjs.unix(start).addBusinessMinutes(seconds / 60).unix();
    };
}

module.exports = { name: 'dayjs-business-time', module: 'dayjs-business-time', load };
