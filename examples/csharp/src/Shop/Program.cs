using System.Collections.Generic;
using System.Linq;
using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Amazon.CDK.AWS.SQS;
using CdkWebhooks;

namespace Shop
{
    sealed class Program
    {
        public static void Main(string[] args)
        {
            var app = new App();
            // The suffix separates environments in one account. `npx cdk deploy -c environment=prod` overrides the value in cdk.json.
            var environment = (string)app.Node.GetContext("environment");
            var isProduction = environment == "prod";
            var stack = new Stack(app, $"Shop-{environment}");

            // Alarms are for the people who operate the system, alerts are for the people who decide about payments.
            var onCall = new Topic(stack, "OnCall");
            onCall.AddSubscription(new EmailSubscription("on-call@example.com"));

            // Fraudsters often pay at night. Shadow rules are only counted: move this rule to FraudRules when the numbers convince you.
            var atNight = FraudRule.OutsideHours(new OutsideHoursProps { StartHour = 7, EndHour = 23, TimeZone = "Europe/Berlin", Score = 10 });
            // Customers of this shop seldom begin with a large order.
            var largeFirstOrder = FraudRule.NewCustomerAbove(new NewCustomerAboveProps { TimesHigh = 2, Age = Duration.Days(30), Score = 15 });

            var payments = new WebhookProcessingSystem(stack, "Payments", new WebhookProcessingSystemProps
            {
                EnvironmentSuffix = environment,
                Providers = new[]
                {
                    // The checkout writes the cart to Stripe's metadata, and the events carry it to the shop.
                    WebhookProvider.Stripe(new StripeProviderProps { MetadataKeys = new[] { "cart" } }),
                    WebhookProvider.Adyen(),
                },
                // Amounts are in major units of every currency, so 5,000 would be a small payment in yen.
                Thresholds = new AmountThresholds
                {
                    Medium = 500,
                    High = 5_000,
                    Currencies = new Dictionary<string, ICurrencyThresholds>
                    {
                        ["JPY"] = new CurrencyThresholds { Medium = 80_000, High = 800_000 },
                    },
                },
                FraudRules = FraudRule.Defaults().Append(largeFirstOrder).ToArray(),
                ShadowFraudRules = FraudRule.Defaults().Append(largeFirstOrder).Append(atNight).ToArray(),
                AlertEmails = new[] { "payments@example.com" },
                AlarmTopic = onCall,
                // A year of history for auditors, with three months immediately available.
                ArchiveLifecycle = new ArchiveLifecycle { GlacierAfter = Duration.Days(93), ExpireAfter = Duration.Days(366) },
                // The table keeps what fraud rules and customer service use. The archive has the rest.
                TransactionRetention = Duration.Days(180),
                // Zip files need no Docker to deploy.
                HandlerCode = HandlerCode.Zip(),
                RemovalPolicy = isProduction ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
                Tags = new Dictionary<string, string> { ["service"] = "payments", ["environment"] = environment },
            });

            // A verdict stops nothing by itself: the shop reads this queue and holds the orders of blocked payments.
            var ordersToHold = new Queue(stack, "OrdersToHold", new QueueProps { EnforceSSL = true, RetentionPeriod = Duration.Days(14) });
            payments.OnTransactionBlocked("HoldOrder", new OnEventOptions
            {
                Target = new SqsQueue(ordersToHold, new SqsQueueProps
                {
                    Message = RuleTargetInput.FromEventPath("$.detail"),
                    DeadLetterQueue = payments.DeadLetterQueue,
                }),
            });

            app.Synth();
        }
    }
}
