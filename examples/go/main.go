package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseventstargets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssnssubscriptions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-webhooks/cdk-webhook-processing-system-go/webhooks"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	// The suffix separates environments in one account. `npx cdk deploy -c environment=prod` overrides the value in cdk.json.
	environment := app.Node().GetContext(jsii.String("environment")).(string)
	stack := awscdk.NewStack(app, jsii.String("Shop-"+environment), nil)
	removalPolicy := awscdk.RemovalPolicy_DESTROY
	if environment == "prod" {
		removalPolicy = awscdk.RemovalPolicy_RETAIN_ON_UPDATE_OR_DELETE
	}

	// Alarms are for the people who operate the system, alerts are for the people who decide about payments.
	onCall := awssns.NewTopic(stack, jsii.String("OnCall"), nil)
	onCall.AddSubscription(awssnssubscriptions.NewEmailSubscription(jsii.String("on-call@example.com"), nil))

	// Customers of this shop seldom begin with a large order.
	rules := append(*webhooks.FraudRule_Defaults(), webhooks.FraudRule_NewCustomerAbove(&webhooks.NewCustomerAboveProps{
		TimesHigh: jsii.Number(2),
		Age:       awscdk.Duration_Days(jsii.Number(30)),
		Score:     jsii.Number(15),
	}))
	// Fraudsters often pay at night. Shadow rules are only counted: move this rule to `rules` when the numbers convince you.
	shadowRules := append(rules[:len(rules):len(rules)], webhooks.FraudRule_OutsideHours(&webhooks.OutsideHoursProps{
		StartHour: jsii.Number(7),
		EndHour:   jsii.Number(23),
		TimeZone:  jsii.String("Europe/Berlin"),
		Score:     jsii.Number(10),
	}))

	payments := webhooks.NewWebhookProcessingSystem(stack, jsii.String("Payments"), &webhooks.WebhookProcessingSystemProps{
		EnvironmentSuffix: jsii.String(environment),
		Providers: &[]webhooks.WebhookProvider{
			// The checkout writes the cart to Stripe's metadata, and the events carry it to the shop.
			webhooks.WebhookProvider_Stripe(&webhooks.StripeProviderProps{MetadataKeys: jsii.Strings("cart")}),
			webhooks.WebhookProvider_Adyen(nil),
		},
		// Amounts are in major units of every currency, so 5,000 would be a small payment in yen.
		Thresholds: &webhooks.AmountThresholds{
			Medium: jsii.Number(500),
			High:   jsii.Number(5_000),
			Currencies: &map[string]*webhooks.CurrencyThresholds{
				"JPY": {Medium: jsii.Number(80_000), High: jsii.Number(800_000)},
			},
		},
		FraudRules:       &rules,
		ShadowFraudRules: &shadowRules,
		AlertEmails:      jsii.Strings("payments@example.com"),
		AlarmTopic:       onCall,
		// A year of history for auditors, with three months immediately available.
		ArchiveLifecycle: &webhooks.ArchiveLifecycle{
			GlacierAfter: awscdk.Duration_Days(jsii.Number(93)),
			ExpireAfter:  awscdk.Duration_Days(jsii.Number(366)),
		},
		// The table keeps what fraud rules and customer service use. The archive has the rest.
		TransactionRetention: awscdk.Duration_Days(jsii.Number(180)),
		// Zip files need no Docker to deploy.
		HandlerCode:   webhooks.HandlerCode_Zip(),
		RemovalPolicy: removalPolicy,
		Tags: &map[string]*string{
			"service":     jsii.String("payments"),
			"environment": jsii.String(environment),
		},
	})

	// A verdict stops nothing by itself: the shop reads this queue and holds the orders of blocked payments.
	ordersToHold := awssqs.NewQueue(stack, jsii.String("OrdersToHold"), &awssqs.QueueProps{
		EnforceSSL:      jsii.Bool(true),
		RetentionPeriod: awscdk.Duration_Days(jsii.Number(14)),
	})
	payments.OnTransactionBlocked(jsii.String("HoldOrder"), &awsevents.OnEventOptions{
		Target: awseventstargets.NewSqsQueue(ordersToHold, &awseventstargets.SqsQueueProps{
			Message:         awsevents.RuleTargetInput_FromEventPath(jsii.String("$.detail")),
			DeadLetterQueue: payments.DeadLetterQueue(),
		}),
	})

	app.Synth(nil)
}
