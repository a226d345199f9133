package simulator

import (
	"slices"
	"strings"
)

// The bodies of replies: structure and order of the keys as recorded or documented, values made up.

// account is data[0] of get-account (recorded). The packages are put in at the end; their order differs from reply to
// reply in recordings.
const account = `{"region":"{region}","archive":false,"gateway":{gateway},"passphrase":"","supportCode":"000A",` +
	`"maxRetention":30,"maxRetentionConfirmed":true,"minRetentionEnabled":false,"automatedSegmentPurge":true,` +
	`"type":"full","policyInheritance":false,"databaseCode":"{region}term9","searchReason":false,` +
	`"contentAdministratorDefaultView":"Metadata","adminSessionTimeout":60,"exportApi":false,"exgestAllowQuery":false,` +
	`"accountCode":"{code}","accountName":"{name}","adminEmail":"","contactEmail":"admin@{domain}","domain":"",` +
	`"userCount":{users},"mimecastId":"01-0000-00000","contactName":"Alex Example","telephone":"000-000-0000",` +
	`"packages":{packages}}`

// internalDomain is one item of get-internal-domain (recorded).
const internalDomain = `{"id":"{id}","domain":"{domain}","sendOnly":false,"local":false,"inboundType":"known"}`

// internalUser is one item of data[0].users of get-internal-users (recorded).
const internalUser = `{"name":"{name}","emailAddress":"{email}","domain":"{domain}","alias":false,` +
	`"addressType":"created_manually","source":"cloud"}`

// gatewayUser is one item of /user/cloud-gateway/v1/users (one source).
const gatewayUser = `{"id":"{id}","emailAddress":"{email}","name":"{name}","domain":"{domain}","type":"user",` +
	`"internal":true,"disabled":false,"createdDateTime":"2025-01-15T09:00:00+0000",` +
	`"updatedDateTime":"2025-01-15T09:00:00+0000","addressType":"created_manually","isAlias":false,"source":"cloud"}`

// auditEvent is one item of get-audit-events (agreed).
const auditEvent = `{"id":"{id}","auditType":"User Logged On","user":"admin@{domain}","eventTime":"{time}",` +
	`"eventInfo":"Successful authentication for admin@{domain}, IP: 192.0.2.10, Application: Administration Console",` +
	`"category":"authentication_logs"}`

// trackedEmail is one item of data[0].trackedEmails of message-finder/search (agreed).
const trackedEmail = `{"id":"{id}","status":"archived","info":"Delivered","fromEnv":{"emailAddress":"a@example.net"},` +
	`"fromHdr":{"displayableName":"A","emailAddress":"a@example.net"},"to":[{"emailAddress":"user1@{domain}",` +
	`"displayableName":""}],"received":"{time}","sent":"{time}","subject":"Made-up message","senderIP":"192.0.2.1",` +
	`"attachments":false,"route":"inbound","spamScore":0,"detectionLevel":"relaxed"}`

// messageInfo is data[0] of get-message-info (agreed in its keys).
const messageInfo = `{"id":"{id}","status":"archived","recipientInfo":{"messageInfo":{"subject":"Made-up message"}},` +
	`"deliveredMessage":{},"retentionInfo":{"retentionAdjustmentDays":0},"spamInfo":{"spamScore":0}}`

// heldMessage is one item of get-hold-message-list (agreed).
const heldMessage = `{"id":"{id}","reason":"Made-up policy","reasonId":"made_up_policy","reasonCode":"made_up_policy",` +
	`"from":{"displayableName":"A","emailAddress":"a@example.net"},"fromHeader":{"displayableName":"A",` +
	`"emailAddress":"a@example.net"},"to":{"displayableName":"","emailAddress":"user1@{domain}"},` +
	`"subject":"Made-up message","route":"INBOUND","hasAttachments":false,"size":2048,"dateReceived":"{time}",` +
	`"policyInfo":"Made-up policy"}`

// The rows of the four security logs (agreed).
const (
	clickLog = `{"userEmailAddress":"user1@{domain}","fromUserEmailAddress":"a@example.net",` +
		`"url":"https://made-up.example.org/","ttpDefinition":"Default Inbound URL Protect Definition",` +
		`"subject":"Made-up message","action":"allow","adminOverride":"N/A","userOverride":"None","scanResult":"clean",` +
		`"category":"Computers & Technology","sendingIp":"192.0.2.1","userAwarenessAction":"N/A","date":"{time}",` +
		`"actions":"Allow","route":"inbound","creationMethod":"User Click","emailPartsDescription":["Body"],` +
		`"messageId":"<made-up@example.net>","tagMap":{}}`
	attachmentLog = `{"senderAddress":"a@example.net","recipientAddress":"user1@{domain}","fileName":"made-up.pdf",` +
		`"fileType":"application/pdf","result":"safe","actionTriggered":"user release, none","date":"{time}",` +
		`"details":"Safe","route":"inbound","messageId":"<made-up@example.net>","subject":"Made-up message",` +
		`"fileHash":"0000000000000000000000000000000000000000000000000000000000000000",` +
		`"definition":"Default Attachment Protect Definition"}`
	impersonationLog = `{"id":"MTOKEN:{id}","senderAddress":"a@example.net","recipientAddress":"user1@{domain}",` +
		`"subject":"Made-up message","definition":"Default Impersonation Definition","hits":1,` +
		`"identifiers":["internal_user_name"],"action":"none","taggedExternal":false,"taggedMalicious":true,` +
		`"senderIpAddress":"192.0.2.1","eventTime":"{time}","impersonationResults":[{"impersonationDomainSource":` +
		`"internal_user_name","stringSimilarToDomain":"User One","similarDomain":"User 0ne"}],` +
		`"messageId":"<made-up@example.net>"}`
	dlpLog = `{"senderAddress":"user1@{domain}","recipientAddress":"a@example.net","subject":"Made-up message",` +
		`"eventTime":"{time}","route":"outbound","policy":"Made-up policy","action":"hold",` +
		`"messageId":"<made-up@example.net>"}`
)

// campaign is one item of data[0].campaigns of the API 1.0 training campaigns: recorded in its keys and their types, the
// contents of the objects made up.
const campaign = `{"id":"{id}","name":"Made-up campaign {n}","title":{"id":"{id}","title":"Made-up module",` +
	`"titleForCustomModule":false,"correctAnswers":{"forQuestion1":"A"},"defaultGifs":{"forQuestion1":""}},"group":{"id":"{id}",` +
	`"description":"Everyone","source":"cloud","parentId":"{id}","userCount":2,"folderCount":0},` +
	`"launchDate":"2026-01-12T09:00:00+0000","createDate":"2026-01-11T09:00:00+0000","emailCustomized":false,` +
	`"emailMsg":{"body":"","subject":""},"numSent":2,"numCompleted":1,"numCorrectAnswers":{"forQuestion1":1},` +
	`"percentCorrect":50,"percentComplete":50,"locked":false,"allOtherCampaigns":{}}`

// phishingCampaign is one item of the API 2.0 phishing campaigns; its keys are assumed after the API 1.0 ones.
const phishingCampaign = `{"id":"{id}","name":"Made-up phishing campaign {n}","launchDate":"2026-01-12T09:00:00+0000","numSent":2,` +
	`"numSubmitted":0,"numOpened":1,"numClicked":0}`

// participant is one item of data[0].items of a campaign's users (recorded).
const participant = `{"name":"User {n}","email":"user{n}@{domain}","department":"","results":{"forQuestion1":"CORRECT"},` +
	`"acknowledgement":false,"userState":"ACTIVE"}`

// safeScore is one item of get-safe-score-details (agreed).
const safeScore = `{"emailAddress":"user{n}@{domain}","name":"User {n}","department":"","risk":"B","humanError":"B",` +
	`"sentiment":"A","knowledge":"B","engagement":"C"}`

// group is one item of data[0].folders of find-groups (one fixture).
const group = `{"id":"{id}","description":"Made-up group {n}","source":"cloud","parentId":"{id}","userCount":2,"folderCount":0}`

// profile is data[0] of get-profile; groupMember is one item of data[0].groupMembers (both known in part from clients).
const (
	profile = `{"emailAddress":"user1@{domain}","displayName":"User One","role":"Basic Administrator",` +
		`"accountCode":"{code}","admin":true,"serverTimeZone":"UTC"}`
	groupMember = `{"emailAddress":"user{n}@{domain}","name":"User {n}","internal":true,"type":"internal"}`
)

// auditCategories are three of the codes that were seen (one source).
const auditCategories = `{"code":"authentication_logs","name":"Authentication"},{"code":"account_logs","name":"Account"},` +
	`{"code":"case_review_logs","name":"Case Review"}`

// blockedSender and managedURL are known in part from clients.
const (
	blockedSender = `{"option":"block_sender","id":"{id}","policy":{"description":"Made-up policy {n}",` +
		`"fromPart":"envelope_from","enabled":true}}`
	managedURL = `{"id":"{id}","scheme":"https","domain":"made-up-{n}.example.org","port":-1,"path":"/","queryString":"",` +
		`"matchType":"explicit","action":"block","comment":"","disableUserAwareness":true,"disableRewrite":false,` +
		`"disableLogClick":true}`
)

// performance and watched are items of the two lists of the company's training (known in part from one client).
const (
	performance = `{"email":"user{n}@{domain}","name":"User {n}","department":"","numCorrect":3,"numIncorrect":1,"numNotWatched":0,` +
		`"userState":"ACTIVE"}`
	watched = `{"email":"user{n}@{domain}","name":"User {n}","department":"","numMissed":2,"userState":"ACTIVE"}`
)

// directoryConnection, emailQueues, rejection and incident are known in part from clients.
const (
	directoryConnection = `{"id":"{id}","name":"Made-up directory","description":"","serverType":"azure_active_directory",` +
		`"enabled":true,"status":"ok","lastSync":"{time}","syncRunning":false,"domains":["{domain}"]}`
	emailQueues = `{"inboundEmailQueue":[{"count":0,"date":"{time}"}],"outboundEmailQueue":[{"count":0,"date":"{time}"}]}`
	rejection   = `{"timestamp":"{time}","fromEnv":{"emailAddress":"a@example.net"},"to":{"emailAddress":"user1@{domain}"},` +
		`"senderIP":"192.0.2.1","rejectionType":"Made-up policy","rejectionInfo":"Made-up reason"}`
	incident = `{"id":"{id}","code":"TR-CUSA00A000-00001-A","type":"automatic","reason":"Made-up reason","create":"{time}",` +
		`"modified":"{time}","identified":1,"successful":1,"failed":0,"restored":0,"searchCriteria":{"start":"{time}","end":"{time}"}}`
)

// heldRelease, searchLog, viewLog and holdSummary are known in part from clients.
const (
	heldRelease = `{"id":"{id}","route":"inbound","fromEnv":{"emailAddress":"a@example.net"},"to":[{"emailAddress":` +
		`"user1@{domain}"}],"subject":"Made-up message","operator":"admin@{domain}","released":"{time}","status":"released"}`
	searchLog   = `{"createTime":"{time}","emailAddr":"admin@{domain}","source":"archive","searchText":"made up","searchReason":""}`
	viewLog     = `{"createTime":"{time}","viewer":"admin@{domain}","source":"archive","subject":"Made-up message","from":"a@example.net"}`
	holdSummary = `{"policyInfo":"Made-up policy {n}","numberOfItems":1}`
)

// gatewayEvent and integratedEvent are security events of API 2.0: the keys that clients read (agreed by five for the
// first, by one for the second).
const (
	gatewayEvent = `{"aggregateId":"{aggregate}_{seconds}","processingId":"{processing}_{seconds}","accountId":"{account}",` +
		`"timestamp":{millis},"type":"{type}","subtype":"Acc","action":"Acc","direction":"Inbound","route":"Inbound",` +
		`"senderEnvelope":"a{n}@example.net","senderHeader":"a{n}@example.net","senderDomain":"example.net",` +
		`"senderIp":"192.0.2.{n}","recipients":"{address}","messageId":"<made-up-{seconds}-{n}@example.net>",` +
		`"subject":"Made-up message {n}","fileName":null,"sha256":null,"url":null,"numberAttachments":"0","emailSize":"2048",` +
		`"spamScore":"0","virusFound":null,"rejectionType":null,"_offset":{offset},"_partition":137}`
	integratedEvent = `{"aggregateId":"{aggregate}_{seconds}","processingId":"{processing}_{seconds}","accountId":"{account}",` +
		`"timestamp":{millis},"type":"{type}","subtype":"Made-up subtype","direction":"Inbound",` +
		`"senderEnvelope":"a{n}@example.net","senderIp":"192.0.2.{n}","recipients":"{address}",` +
		`"messageId":"<made-up-{seconds}-{n}@example.net>","subject":"Made-up message {n}","threatState":"Clean","source":"email"}`
)

// indicator is one object of a feed in STIX (agreed in its keys by two clients).
const indicator = `{"type":"indicator","id":"indicator--{id}","created":"{time}","modified":"{time}","valid_from":"{time}",` +
	`"labels":["malicious-activity"],"pattern":"[file:hashes.'SHA-256' = '{sha256}'] OR [file:hashes.MD5 = '{md5}']"}`

// emergencyContact and outboundAddresses are single objects of the newer endpoints; the keys are assumed but for
// "outboundIpAddresses" (one client).
const (
	emergencyContact = `{"name":"Alex Example","emailAddress":"admin@{domain}","phoneNumber":"000-000-0000"}`
	outboundAddress  = `{"ipAddress":"192.0.2.{n}"}`
)

// fill puts values in place of the names in braces. pairs are a name and its value in turn.
func fill(text string, pairs ...string) string {
	for pair := range slices.Chunk(pairs, 2) {
		text = strings.ReplaceAll(text, "{"+pair[0]+"}", pair[1])
	}
	return text
}
