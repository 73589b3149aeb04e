// SPDX-License-Identifier: MIT
// moment-business-time, in the zone of the environment (TZ). A calendar is a locale, so there can
// be several.
'use strict';
const moment = require('moment');
const calendars = require('../common/calendars.json');

require('moment-business-time');

for (const [name, { hours, holidays }] of Object.entries(calendars)) {
    const week = [0, 1, 2, 3, 4, 5, 6].map((day) => [day, hours[day] ? hours[day].flat() : null]);
    moment.defineLocale(name, { workinghours: Object.fromEntries(week), holidays });
}

function load() {
    return ({ calendar, start, seconds }) => {
        moment.locale(calendar);
        return moment.unix(start).addWorkingTime(seconds / 60, 'minutes').unix();
    };
}

module.exports = { name: 'moment-business-time', module: 'moment-business-time', load };
